import Ratings

extension [MovieRating] {
  /// The same ratings with values clamped to `scale`: a new user's values are untrusted.
  func within(_ scale: RatingScale) -> [MovieRating] {
    map { MovieRating(movie: $0.movie, value: scale.clamp($0.value), time: $0.time) }
  }
}

extension RandomAccessCollection<MovieRating> where Index == Int {
  /// The position of the rating of `movie` among ratings sorted by movie. Complexity: O(log ratings).
  func position(ofMovie movie: Int32) -> Int? {
    guard !isEmpty else { return nil }
    var place = startIndex
    var length = count
    // Branchless: the branch would be unpredictable.
    while length > 1 {
      let half = length / 2
      place = self[place + half].movie <= movie ? place + half : place
      length -= half
    }
    return self[place].movie == movie ? place : nil
  }
}

extension [ScoredMovie] {
  /// The `count` with the highest scores, best first; for equal scores the lower index first.
  package func strongest(_ count: Int) -> [ScoredMovie] {
    Array(sorted { ($1.score, $0.movie) < ($0.score, $1.movie) }.prefix(Swift.max(0, count)))
  }
}
