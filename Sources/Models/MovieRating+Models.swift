import Ratings

extension [MovieRating] {
  /// The same ratings with values moved into `scale`: a newcomer's numbers come from outside.
  func within(_ scale: RatingScale) -> [MovieRating] {
    map { MovieRating(movie: $0.movie, value: scale.clamp($0.value), time: $0.time) }
  }

  /// Where the rating of `movie` stands among ratings sorted by movie. Complexity: O(log ratings).
  func position(ofMovie movie: Int32) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].movie < movie { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].movie == movie ? low : nil
  }
}

extension [ScoredMovie] {
  /// The `count` with the highest scores, best first; of equal scores the lower index comes first.
  func strongest(_ count: Int) -> [ScoredMovie] {
    Array(sorted { ($1.score, $0.movie) < ($0.score, $1.movie) }.prefix(Swift.max(0, count)))
  }
}
