import Store

extension DataSource {
  /// Adds the data to a database, which is made where there is none.
  ///
  /// - Returns: what changed, in words.
  public func add(to database: String) throws -> String {
    "\(database): \(try RatingStore.opening(database, .adding, dataset).change)"
  }
}
