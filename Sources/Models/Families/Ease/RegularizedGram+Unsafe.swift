// Unsafe: fills and inverts a large matrix in place, its rows in parallel.

import LinearAlgebra
import Ratings

/// (D + A A')⁻¹ for sparse rows A and a diagonal D: what both forms of EASE are made of.
enum RegularizedGram {
  /// - Parameters:
  ///   - rows: A.
  ///   - columns: the transpose of A.
  ///   - places: for each row of A its place in the result, or −1 to leave it out.
  ///   - members: the rows of A that take part, in the order of their places.
  ///   - sessions: for rows of movies, what makes two entries of a user count more.
  ///   - ridge: D, for each row of A.
  /// - Complexity: O(Σ over columns of entries² + members³) time, O(members²) memory, nothing beside the result.
  static func inverse(
    rows: SparseRows, columns: SparseRows, places: [Int32], members: [Int32], sessions: Sessions? = nil,
    ridge: @Sendable (Int) -> Float, threads: ThreadCount
  ) -> Matrix {
    let count = members.count
    var matrix = Matrix(rows: count, columns: count)
    guard count > 0 else { return matrix }
    let overlaps = Overlaps(rows: rows, columns: columns, places: places, sessions: sessions)
    matrix.values.withUnsafeMutableBufferPointer { buffer in
      let shared = SharedMutableBuffer(buffer)
      threads.forEachBlock(of: count, blockSize: 16) { block in
        for place in block {
          let row = shared.part(place * count..<(place + 1) * count)
          overlaps.add(of: Int(members[place]), to: row)
          row[place] += ridge(Int(members[place]))
        }
      }
      SymmetricInverse.invert(buffer.baseAddress.unsafelyUnwrapped, count: count, threads: threads)
    }
    return matrix
  }
}

/// The upper triangle of A A', row by row.
private struct Overlaps: Sendable {
  let rows: SparseRows
  let columns: SparseRows
  let places: [Int32]
  let sessions: Sessions?

  /// Adds the products of `row` with itself and each member behind it to `target`.
  func add(of row: Int, to target: UnsafeMutableBufferPointer<Float>) {
    columns.columns.withUnsafeBufferPointer { others in
      columns.values.withUnsafeBufferPointer { values in
        places.withUnsafeBufferPointer { places in
          for position in rows.range(ofRow: row) {
            let value = rows.values[position]
            let column = Int(rows.columns[position])
            // Members stand in the order of their rows, and so do the entries of a column.
            guard let own = columns.position(row: column, column: Int32(row)) else { continue }
            if let sessions {
              let time = sessions.times[own]
              for entry in own..<columns.offsets[column + 1] {
                let place = Int(places[Int(others[entry])])
                if place >= 0 {
                  target[place] += value * values[entry] * (1 + sessions.bonus(time, sessions.times[entry]))
                }
              }
            } else {
              for entry in own..<columns.offsets[column + 1] {
                let place = Int(places[Int(others[entry])])
                if place >= 0 { target[place] += value * values[entry] }
              }
            }
          }
        }
      }
    }
  }
}
