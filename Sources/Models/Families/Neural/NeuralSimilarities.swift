import LinearAlgebra
import Ratings

/// How similar movies are to a neural model: the mean of two cosines, of what a rating of the one says of a taste with
/// what a taste makes of the other, and the other way round. Each is damped where a movie's embedding is short.
struct NeuralSimilarities: Sendable {
  private let effects: Matrix
  private let causes: Matrix

  init(_ network: Network) {
    var effects = network.movies
    for movie in 0..<effects.rows {
      for place in 0..<effects.columns { effects[movie, place] *= network.weights[network.shape.products + place] }
    }
    self.effects = TasteDirections(scaling: effects).rows
    causes = TasteDirections(scaling: network.bag.explicit).rows
  }

  /// The movies most similar to `movie`, best first. Complexity: O(movies x width).
  func similar(to movie: Int, count: Int) -> [ScoredMovie] {
    var best = TopK(max(0, count))
    for other in 0..<effects.rows where other != movie {
      let similarity = (effects.product(movie, causes, other) + causes.product(movie, effects, other)) / 2
      if similarity > 0 { best.offer(Int32(other), min(1, similarity)) }
    }
    return best.take().map { ScoredMovie(movie: $0.index, score: $0.score) }
  }
}
