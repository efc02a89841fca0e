// Unsafe: scores a tile of users and movies at a time in scratch memory.

import LinearAlgebra
import Ratings

extension TopMovies {
  /// Movies that are scored at once: few enough that rows and scores stay in the second-level cache between the product
  /// and the search.
  private static let tile = 1024

  /// The lists of `profiles` where scores are products.
  func lists(by form: ProductForm, for profiles: [UserProfile]) -> [[ScoredMovie]] {
    let length = form.movies.columns
    var vectors = profiles.flatMap(\.vector)
    precondition(vectors.count == profiles.count * length, "vectors must be as long as the movies' rows")
    let rows = fillsBatches ? max(profiles.count, Self.batch) : profiles.count
    vectors += [Float](repeating: 0, count: rows * length - vectors.count)
    var best = profiles.map { _ in TopK(searchedCount) }
    let leftOut = profiles.map { self.leftOut(of: $0) }
    // Where in what is left out of each list the movies of the next tile begin.
    var places = [Int](repeating: 0, count: profiles.count)
    form.movies.withUnsafeBufferPointer { movies in
      vectors.withUnsafeBufferPointer { vectors in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: rows * Self.tile) { scores in
          guard let movies = movies.baseAddress, let vectors = vectors.baseAddress, let scores = scores.baseAddress
          else { return }
          for first in stride(from: 0, to: form.movies.rows, by: Self.tile) {
            let width = min(Self.tile, form.movies.rows - first)
            BLAS.multiply(
              BLAS.Operand(vectors, stride: length),
              by: BLAS.Operand(movies + first * length, stride: length, transposed: true), into: scores,
              stride: Self.tile, rows: rows, columns: width, depth: length)
            for index in profiles.indices {
              let row = UnsafeMutableBufferPointer(start: scores + index * Self.tile, count: width)
              if !form.biases.isEmpty { for place in 0..<width { row[place] += form.biases[first + place] } }
              while places[index] < leftOut[index].count, Int(leftOut[index][places[index]]) < first + width {
                row[Int(leftOut[index][places[index]]) - first] = -.infinity
                places[index] += 1
              }
              best[index].offer(UnsafeBufferPointer(row), from: Int32(first))
            }
          }
        }
      }
    }
    return best.indices.map { list(of: best[$0].take()) }
  }
}
