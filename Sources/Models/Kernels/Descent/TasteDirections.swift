import LinearAlgebra
import Ratings

/// The data for similarities of movies: for each a direction of length below 1.
///
/// The product of two directions is the correlation, over users, of what their tastes make of the two movies, damped
/// towards 0 where a movie has moved little from the average.
struct TasteDirections: Sendable, Equatable {
  /// Movies x factors, padded to a multiple of 8.
  let rows: Matrix

  /// - Parameters:
  ///   - factors: movies x anything, of which the first `count` columns count.
  ///   - tastes: users x anything, in the same columns.
  init(of factors: Matrix, tastes: Matrix, count: Int) {
    let stride = (count + 7) & ~7
    let root = Self.root(of: tastes, count: count, stride: stride)
    var rows = Matrix(rows: factors.rows, columns: stride)
    for movie in 0..<factors.rows {
      for row in 0..<count {
        var sum: Float = 0
        for column in row..<count { sum += root[row, column] * factors[movie, column] }
        rows[movie, row] = sum
      }
    }
    self.init(scaling: rows)
  }

  /// Rows that are damped and scaled already.
  init(rows: Matrix) { self.rows = rows }

  /// Rows of any length, damped and scaled.
  init(scaling rows: Matrix) {
    var rows = rows
    let squares = (0..<rows.rows).map { row in rows[row: row].reduce(0.0) { $0 + Double($1) * Double($1) } }
    let present = squares.filter { $0 > 0 && $0.isFinite }
    let damping = present.isEmpty ? 0 : 0.02 * present.reduce(0, +) / Double(present.count)
    for row in 0..<rows.rows {
      let length = (squares[row] + damping).squareRoot()
      let factor = length > 0 && length.isFinite ? Float(1 / length) : 0
      for column in 0..<rows.columns { rows[row, column] *= factor }
    }
    self.rows = rows
  }

  /// The movies most similar to `movie`, best first. Complexity: O(movies x factors).
  func similar(to movie: Int, count: Int) -> [ScoredMovie] {
    var best = TopK(max(0, count))
    for other in 0..<rows.rows where other != movie {
      let similarity = rows.product(movie, other)
      if similarity > 0 { best.offer(Int32(other), min(1, similarity)) }
    }
    return best.take().map { ScoredMovie(movie: $0.index, score: $0.score) }
  }

  /// U with U'U the tastes' second moments.
  private static func root(of tastes: Matrix, count: Int, stride: Int) -> Matrix {
    var moments = [Double](repeating: 0, count: count * count)
    for user in 0..<tastes.rows {
      for row in 0..<count {
        let taste = Double(tastes[user, row])
        for column in row..<count { moments[row * count + column] += taste * Double(tastes[user, column]) }
      }
    }
    var root = Matrix(rows: count, columns: stride)
    let mean = 1 / Double(max(1, tastes.rows))
    for row in 0..<count {
      for column in row..<count { root[row, column] = Float(moments[row * count + column] * mean) }
    }
    guard root.values.allSatisfy(\.isFinite) else { return Matrix(rows: count, columns: stride) }
    root.factorizeSymmetric()
    return root
  }
}
