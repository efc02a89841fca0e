package import Precompute
package import Ratings

/// A list with everything that is printed about it.
package struct RecommendationAnswer: Sendable {
  /// The length of a list, at most.
  package static let longestList = 1000

  /// The user's id; nil for a newcomer.
  package let user: SourceID?
  /// How many ratings the list was made from.
  package let ratingCount: Int
  /// Films of the files read whose movie is not in the catalogue.
  package let unmatched: [String]
  /// What became of the lines of the newcomers' files, in sentences.
  package var readings: [String] = []
  let list: RecommendationList
  /// For several people: who each of them is, and the stars of each for the entries of `list`; empty for one.
  var people: [String] = []
  var shared: [SharedRecommendation] = []
  let movies: [Movie]
  let scale: RatingScale

  package init(
    user: SourceID?, ratingCount: Int, unmatched: [String], readings: [String] = [], list: RecommendationList,
    people: [String] = [], shared: [SharedRecommendation] = [], movies: [Movie], scale: RatingScale
  ) {
    (self.user, self.ratingCount, self.unmatched, self.readings) = (user, ratingCount, unmatched, readings)
    (self.list, self.people, self.shared, self.movies, self.scale) = (list, people, shared, movies, scale)
  }
}
