import LinearAlgebra
import Ratings

extension BayesianModel {
  /// Samples that similarity averages over.
  private static var similaritySamples: Int { 16 }
  private static var mostUsersForMetric: Int { 2048 }

  /// The correlation of what two movies' factors add to users' ratings, averaged over samples: draws of a movie that few
  /// have rated differ from sample to sample, which shrinks its similarity to all others.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    var best = TopK(max(0, count))
    for other in 0..<movieCount where other != movie {
      let cosine = directions.dot(movie, other)
      if cosine > 0 { best.offer(Int32(other), min(1, cosine)) }
    }
    return best.take().map { ScoredMovie(movie: $0.index, score: $0.score) }
  }

  /// Movies x (samples x factors): centered factors in the metric of the users' variances, each row of length 1; 0
  /// where there is no direction.
  static func directions(of movies: SampledRows, users: SampledRows) -> Matrix {
    let factorCount = movies.dimensionCount - 1
    let movieCount = movies.rowCount - 1
    var directions = Matrix(rows: movieCount, columns: similaritySamples * factorCount)
    let userStep = max(1, users.rowCount / mostUsersForMetric)
    for place in 0..<similaritySamples {
      let sample = movies.sampleCount * (place + 1) / similaritySamples - 1
      for factor in 0..<factorCount {
        var sum = 0.0
        var squares = 0.0
        var count = 0.0
        for user in stride(from: 0, to: users.rowCount, by: userStep) {
          let value = Double(users[user, factor, sample])
          sum += value
          squares += value * value
          count += 1
        }
        let spread = count > 0 ? Float(max(0, squares / count - sum / count * (sum / count)).squareRoot()) : 0
        var center: Float = 0
        for movie in 0..<movieCount { center += movies[movie, factor, sample] / Float(max(1, movieCount)) }
        for movie in 0..<movieCount {
          directions[movie, place * factorCount + factor] = (movies[movie, factor, sample] - center) * spread
        }
      }
    }
    for movie in 0..<movieCount {
      let range = movie * directions.columns..<(movie + 1) * directions.columns
      let square = directions.values[range].reduce(0) { $0 + $1 * $1 }
      let scale = square > 1e-20 && square.isFinite ? 1 / square.squareRoot() : 0
      for index in range { directions.values[index] *= scale }
    }
    return directions
  }
}
