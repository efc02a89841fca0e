import LinearAlgebra
import Ratings

/// A short iALS of the likes (`ImplicitEquations`): similarity of films beyond their nearest neighbours.
struct NewcomerFactors: Sendable {
  static let unobservedWeight: Float = 0.1
  private static let sweeps = 10

  let lambda: Float
  let factorCount: Int
  /// Films x factors, padded to whole lanes.
  let films: Matrix
  /// α Y'Y.
  let gram: Matrix
  /// λ α n, the regularization of a user without likes.
  let ridge: Float

  /// - Complexity: O(sweeps x (likes x factors² + (users + films) x factors³)).
  init(_ likes: NewcomerLikes, lambda: Float, seed: UInt64, threads: ThreadCount) {
    self.lambda = lambda
    let factorCount = CompactListModel.factorCount(films: likes.filmCount)
    self.factorCount = factorCount
    let weights = ImplicitWeights(unobserved: Self.unobservedWeight, lambda: lambda, exponent: 1)
    let spread = 0.1 / Double(factorCount).squareRoot()
    let byFilm = likes.byUser.transposed()
    var (users, films) = (
      Matrix.randomFactors(
        rows: likes.byUser.rowCount, factorCount: factorCount, spread: spread, seed: seed, stream: 1),
      Matrix.randomFactors(rows: byFilm.rowCount, factorCount: factorCount, spread: spread, seed: seed, stream: 2)
    )
    for _ in 0..<Self.sweeps {
      let forUsers = ImplicitEquations(others: films, factorCount: factorCount, weights: weights)
      users.solve(likes.byUser, with: forUsers, blockSize: nil, threads: threads)
      let forFilms = ImplicitEquations(others: users, factorCount: factorCount, weights: weights)
      films.solve(byFilm, with: forFilms, blockSize: nil, threads: threads)
    }
    let equations = ImplicitEquations(others: films, factorCount: factorCount, weights: weights)
    self.films = films
    gram = equations.gram
    ridge = lambda * Self.unobservedWeight * Float(films.rows)
  }
}
