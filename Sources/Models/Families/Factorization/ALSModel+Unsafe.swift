// Unsafe: hands the memory of profiles and factors to the solver and to BLAS.

import LinearAlgebra
import Ratings

extension ALSModel {
  /// The vector of a profile times the movie's row (q, 1, b_i): the score.
  ///
  /// A vector is (σ p_u, mean + σ b_u, σ, 0 …), in stars.
  static func vector(of solution: UnsafePointer<Float>, factorCount: Int, mean: Float, deviation: Float) -> [Float] {
    [Float](unsafeUninitializedCapacity: FactorRows.stride(factorCount: factorCount)) { vector, initialized in
      vector.initialize(repeating: 0)
      for factor in 0..<factorCount { vector[factor] = deviation * solution[factor] }
      vector[factorCount] = mean + deviation * solution[factorCount]
      vector[factorCount + 1] = deviation
      initialized = vector.count
    }
  }

  func solvedVector(of ratings: [MovieRating]) -> [Float] {
    withStandardized(ratings) { columns, values in
      var solver = RowSolver(userEquations)
      _ = solver.solve(columns: columns, values: values)
      return Self.vector(
        of: solver.solution, factorCount: movies.factorCount, mean: mean, deviation: deviation)
    }
  }

  func product(_ vector: [Float], with movie: Int) -> Float {
    vector.withUnsafeBufferPointer { vector in
      movies.means.withUnsafeBufferPointer { rows in
        FloatKernels.dot(
          vector.baseAddress.unsafelyUnwrapped, rows.baseAddress.unsafelyUnwrapped + movie * movies.stride,
          count: movies.stride)
      }
    }
  }

  /// One matrix product: profiles x stride by stride x movies.
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    guard !profiles.isEmpty, movieCount > 0, let target = scores.baseAddress else { return }
    let vectors = profiles.flatMap(\.vector)
    vectors.withUnsafeBufferPointer { vectors in
      movies.means.withUnsafeBufferPointer { rows in
        BLAS.multiply(
          BLAS.Operand(vectors.baseAddress.unsafelyUnwrapped, stride: movies.stride),
          by: BLAS.Operand(rows.baseAddress.unsafelyUnwrapped, stride: movies.stride, transposed: true),
          into: target, stride: movieCount, rows: profiles.count, columns: movieCount, depth: movies.stride)
      }
    }
  }

  /// The contributions of all ratings add up to the taste part of the score, p_u · q_i: what remains beside the
  /// biases.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let contributions = withStandardized(profile.ratings) { columns, values in
      movies.means.withUnsafeBufferPointer { rows in
        var solver = RowSolver(userEquations)
        return solver.contributions(
          to: rows.baseAddress.unsafelyUnwrapped + movie * movies.stride, columns: columns, values: values)
      }
    }
    return zip(profile.ratings, contributions).map { ScoredMovie(movie: $0.movie, score: $1 * deviation) }
      .strongest(count)
  }

  /// How alike the tastes for two movies are over all users: see `PosteriorDirections`.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    similarMovies(toEach: movie..<movie + 1, count: count)[0]
  }

  /// One matrix product for sixteen movies: `similarityBlock` x stride by stride x movies.
  public func similarMovies(toEach range: Range<Int>, count: Int) -> [[ScoredMovie]] {
    let block = Self.similarityBlock
    var result: [[ScoredMovie]] = []
    result.reserveCapacity(range.count)
    var best = TopK(max(0, count))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: block * movieCount) { cosines in
      // Blocks begin at multiples of their size, whatever was asked for: a movie's bits do not depend on the others.
      for start in stride(from: range.lowerBound - range.lowerBound % block, to: range.upperBound, by: block) {
        let rows = start..<min(start + block, movieCount)
        multiplyDirections(rows, into: cosines)
        for movie in rows.clamped(to: range) {
          let place = (movie - start) * movieCount
          let row = UnsafeMutableBufferPointer(rebasing: cosines[place..<place + movieCount])
          row[movie] = -.infinity
          best.offer(UnsafeBufferPointer(row))
          let positive = best.take().prefix { $0.score > 0 }
          result.append(positive.map { ScoredMovie(movie: $0.index, score: min(1, $0.score)) })
        }
      }
    }
    return result
  }

  private static let similarityBlock = 16

  private func multiplyDirections(_ rows: Range<Int>, into cosines: UnsafeMutableBufferPointer<Float>) {
    directions.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress, let cosines = cosines.baseAddress else { return }
      let stride = directions.columns
      BLAS.multiply(
        BLAS.Operand(values + rows.lowerBound * stride, stride: stride),
        by: BLAS.Operand(values, stride: stride, transposed: true), into: cosines, stride: movieCount, rows: rows.count,
        columns: movieCount, depth: stride)
    }
  }

  private func withStandardized<Result>(
    _ ratings: [MovieRating],
    _ body: (_ columns: UnsafeBufferPointer<Int32>, _ values: UnsafeBufferPointer<Float>) -> Result
  ) -> Result {
    let columns = ratings.map(\.movie)
    let values = ratings.map { ($0.value - mean) / deviation }
    return columns.withUnsafeBufferPointer { columns in
      values.withUnsafeBufferPointer { values in body(columns, values) }
    }
  }
}
