// Unsafe: products of rows of factors behind pointers.

import LinearAlgebra

/// Movies as vectors whose products are their similarities: cosines, with a quarter of the mean squared length added to each
/// square.
struct MovieDirections: Sendable {
  /// Movies x padded length.
  private let rows: Matrix

  /// Movies that are scored in one product.
  private static let batch = 32
  /// Columns of a product: few enough that it stays in the cache until it was searched.
  private static let columns = 1024

  init(_ vectors: StoredMatrix) {
    var rows = vectors.copy()
    let squares = (0..<rows.rows).map { row in
      let start = row * rows.columns
      return rows.values[start..<start + rows.columns].reduce(0) { $0 + $1 * $1 }
    }
    let damping = squares.reduce(0, +) / Float(max(1, 4 * rows.rows))
    for (row, square) in squares.enumerated() {
      let scale = square > 0 && square.isFinite ? 1 / (square + damping).squareRoot() : 0
      for place in row * rows.columns..<(row + 1) * rows.columns {
        rows.values[place] = scale > 0 ? rows.values[place] * scale : 0
      }
    }
    self.rows = rows
  }

  /// The most similar movies of each of `movies`, best first: those of positive similarity, themselves left out.
  ///
  /// Products begin at multiples of their size, whatever was asked for: a movie's bits do not depend on the others.
  ///
  /// - Complexity: O(movies x all movies x length).
  func similar(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]] {
    stride(from: movies.lowerBound / Self.batch * Self.batch, to: movies.upperBound, by: Self.batch).flatMap { start in
      let block = start..<min(start + Self.batch, rows.rows)
      let found = similar(toBlock: block, count: count)
      return block.clamped(to: movies).map { found[$0 - start] }
    }
  }

  private func similar(toBlock movies: Range<Int>, count: Int) -> [[ScoredMovie]] {
    var best = movies.map { _ in TopK(max(0, count)) }
    let length = rows.columns
    rows.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: movies.count * Self.columns) { scores in
        guard let target = scores.baseAddress else { return }
        for first in stride(from: 0, to: rows.rows, by: Self.columns) {
          let width = min(Self.columns, rows.rows - first)
          BLAS.multiply(
            BLAS.Operand(base + movies.lowerBound * length, stride: length),
            by: BLAS.Operand(base + first * length, stride: length, transposed: true), into: target,
            stride: Self.columns, rows: movies.count, columns: width, depth: length)
          for index in best.indices {
            let row = target + index * Self.columns
            let own = movies.lowerBound + index - first
            if own >= 0, own < width { row[own] = -.infinity }
            best[index].offer(UnsafeBufferPointer(start: row, count: width), from: Int32(first))
          }
        }
      }
    }
    return best.indices.map { index in
      best[index].take().filter { $0.score > 0 }.map { ScoredMovie(movie: $0.index, score: min(1, $0.score)) }
    }
  }
}
