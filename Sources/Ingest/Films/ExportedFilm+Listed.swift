extension ExportedFilm {
  /// A film of a list, of which nobody says what they thought.
  public init(listed title: String) { self.init(title: title, rating: 0) }
}
