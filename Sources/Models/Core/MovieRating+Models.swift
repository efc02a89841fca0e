import Ratings

extension [MovieRating] {
  /// The same ratings with values moved into `scale`: a newcomer's numbers come from outside.
  func within(_ scale: RatingScale) -> [MovieRating] {
    map { MovieRating(movie: $0.movie, value: scale.clamp($0.value), time: $0.time) }
  }
}

extension RandomAccessCollection<MovieRating> where Index == Int {
  /// Where the rating of `movie` stands among ratings sorted by movie. Complexity: O(log ratings).
  func position(ofMovie movie: Int32) -> Int? {
    guard !isEmpty else { return nil }
    var place = startIndex
    var length = count
    // Without a branch that the processor would have to guess: half of the guesses are wrong.
    while length > 1 {
      let half = length / 2
      place = self[place + half].movie <= movie ? place + half : place
      length -= half
    }
    return self[place].movie == movie ? place : nil
  }
}

extension [ScoredMovie] {
  /// The `count` with the highest scores, best first; of equal scores the lower index comes first.
  package func strongest(_ count: Int) -> [ScoredMovie] {
    Array(sorted { ($1.score, $0.movie) < ($0.score, $1.movie) }.prefix(Swift.max(0, count)))
  }
}
