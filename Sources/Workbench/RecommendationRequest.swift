package import Precompute

/// Who a list is for.
package enum ListReader: Sendable, Equatable {
  /// A user of the data, by id.
  case user(String)
  /// A newcomer, by the path of a file with `movie,rating` rows or of a film site's export.
  case newcomer(file: String)
}

/// A list that is asked for.
package struct RecommendationRequest: Sendable {
  /// One person, or several who watch together.
  package var readers: [ListReader]
  /// The name of the model that ranks; nil for the site's first choice, for newcomers the one of the site's own page. A stars
  /// model may rank as well.
  package var model: String?
  /// Settings that replace defaults, such as `ease.lambda=300`.
  package var settings: [String] = []
  /// The length of the list.
  package var top: Int
  /// The path of a list of films that are ranked; nil for all.
  package var within: String?
  /// How one list is made for several people.
  package var rule = SharedListRule.joy
  /// Whether films that some, but not all, of several people rated may be on their list.
  package var includesSeenBySome = false

  package init(readers: [ListReader], model: String? = nil, top: Int) {
    self.readers = readers
    self.model = model
    self.top = top
  }
}
