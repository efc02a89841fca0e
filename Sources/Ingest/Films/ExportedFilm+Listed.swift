extension ExportedFilm {
  /// A film of a list, without a rating.
  package init(listed title: String) { self.init(title: title, rating: 0) }
}
