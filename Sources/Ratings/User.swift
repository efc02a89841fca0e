/// What is known about a user besides their ratings.
public struct User: Hashable, Sendable {
  /// The id in the data.
  public var id: SourceID
  /// In years.
  public var age: Int?
  /// As the data set writes it, such as "F".
  public var gender: String?
  /// As the data set calls it.
  public var occupation: String?

  /// A user; only the id must be known.
  public init(id: SourceID, age: Int? = nil, gender: String? = nil, occupation: String? = nil) {
    self.id = id
    self.age = age
    self.gender = gender
    self.occupation = occupation
  }
}
