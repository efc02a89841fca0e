extension ExportedFilm {
  /// A film of a list, without a rating.
  public init(listed title: String) { self.init(title: title, rating: 0) }
}
