import Models
import Ratings

/// The list for an unknown user: popular and diverse.
///
/// From the model's best movies the one with the highest score is taken repeatedly; each time, similar movies
/// lose: up to `genreDiscount` of the score by the share of common genres, `decadeDiscount` if
/// both are of the same decade, `similarityDiscount` if the model considers them similar (after maximal marginal relevance,
/// Carbonell and Goldstein 1998). Scores count from that of the last candidate; they never rise from one place to the next, and
/// the list shows them.
struct VariedList {
  /// The number of candidates for each position.
  static let candidatesPerPlace = 10
  /// The number of a taken movie's most similar ones that are discounted.
  private static let similarCount = 10
  private static let genreDiscount: Float = 0.3
  private static let decadeDiscount: Float = 0.15
  private static let similarityDiscount: Float = 0.4

  /// - Parameters:
  ///   - candidates: best first.
  ///   - similar: the most similar movies of one, up to a count.
  /// - Returns: at most `count` of them.
  static func list(
    of candidates: [ScoredMovie], count: Int, movies: [Movie], similar: (Int, Int) -> [ScoredMovie]
  ) -> [ScoredMovie] {
    guard let last = candidates.last else { return [] }
    var left = candidates.map { ScoredMovie(movie: $0.movie, score: $0.score - last.score) }
    var list: [ScoredMovie] = []
    while list.count < count, !left.isEmpty {
      var best = 0
      for place in left.indices where left[place].score > left[best].score { best = place }
      let taken = left.remove(at: best)
      list.append(taken)
      let movie = movies[Int(taken.movie)]
      let alike = Set(similar(Int(taken.movie), similarCount).map(\.movie))
      for place in left.indices {
        let other = movies[Int(left[place].movie)]
        if !other.genres.isEmpty {
          let shared = other.genres.filter(movie.genres.contains).count
          left[place].score *= 1 - genreDiscount * Float(shared) / Float(other.genres.count)
        }
        if let decade = other.decade, decade == movie.decade { left[place].score *= 1 - decadeDiscount }
        if alike.contains(left[place].movie) { left[place].score *= 1 - similarityDiscount }
      }
    }
    return list
  }
}
