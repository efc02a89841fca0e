import Models
import Ratings

/// The list of someone of whom nothing is known: popular, and of many kinds.
///
/// From the model's best movies the one with the highest score is taken, again and again; and each time what is like it
/// loses: up to `genreDiscount` of its score by the share of its genres that the taken one has, `decadeDiscount` where
/// both are of one decade, `similarityDiscount` where the model calls them similar (after maximal marginal relevance,
/// Carbonell and Goldstein 1998). Scores count from that of the last candidate; they never rise from one place to the next, and
/// the list shows them.
struct VariedList {
  /// How many candidates there are for each place.
  static let candidatesPerPlace = 10
  /// How many of a taken movie's most similar ones are held back.
  private static let similarCount = 10
  private static let genreDiscount: Float = 0.3
  private static let decadeDiscount: Float = 0.15
  private static let similarityDiscount: Float = 0.4

  /// - Parameters:
  ///   - candidates: best first.
  ///   - similar: the movies that are most similar to one, so many at most.
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
