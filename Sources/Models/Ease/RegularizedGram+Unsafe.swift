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
  ///   - ridge: D, for each row of A.
  /// - Complexity: O(Σ over columns of entries² + members³) time, O(members²) memory, nothing beside the result.
  static func inverse(
    rows: SparseRows, columns: SparseRows, places: [Int32], members: [Int32], ridge: @Sendable (Int) -> Float,
    threads: ThreadCount
  ) -> Matrix {
    let count = members.count
    var matrix = Matrix(rows: count, columns: count)
    guard count > 0 else { return matrix }
    matrix.values.withUnsafeMutableBufferPointer { buffer in
      let shared = SharedMutableBuffer(buffer)
      threads.forEachBlock(of: count, blockSize: 16) { block in
        for place in block {
          let row = shared.part(place * count..<(place + 1) * count)
          addOverlaps(of: Int(members[place]), rows: rows, columns: columns, places: places, to: row)
          row[place] += ridge(Int(members[place]))
        }
      }
      SymmetricInverse.invert(buffer.baseAddress.unsafelyUnwrapped, count: count, threads: threads)
    }
    return matrix
  }

  /// Adds the products of `row` with each member to `target`.
  private static func addOverlaps(
    of row: Int, rows: SparseRows, columns: SparseRows, places: [Int32], to target: UnsafeMutableBufferPointer<Float>
  ) {
    columns.columns.withUnsafeBufferPointer { others in
      columns.values.withUnsafeBufferPointer { values in
        places.withUnsafeBufferPointer { places in
          for position in rows.range(ofRow: row) {
            let value = rows.values[position]
            for entry in columns.range(ofRow: Int(rows.columns[position])) {
              let place = Int(places[Int(others[entry])])
              if place >= 0 { target[place] += value * values[entry] }
            }
          }
        }
      }
    }
  }
}
