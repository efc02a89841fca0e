// Unsafe: the accumulators of one row are scattered to through a pointer.

import LinearAlgebra
import Ratings

/// Finds, row by row, what a sparse matrix's rows have in common with each other.
///
/// Where only counts and products are wanted `NeighbourSearch` is faster.
struct PairSearch: Sendable {
  /// The rows that others are compared with.
  let rows: SparseRows
  /// The transpose of `rows`.
  let columns: SparseRows

  /// The results of `body` for each row and its pairs, in order.
  ///
  /// - Complexity: O(Σ over columns of entries²) time.
  func map<Result: Sendable>(
    threads: ThreadCount, _ body: @Sendable (_ row: Int, _ pairs: [(other: Int32, sums: PairSums)]) -> Result
  ) -> [Result] {
    let blocks = threads.map((rows.rowCount + 31) / 32) { block in
      var scratch = PairScratch(count: rows.rowCount)
      return (block * 32..<min(rows.rowCount, block * 32 + 32)).map { row in
        let range = rows.range(ofRow: row)
        return body(row, scratch.pairs(of: rows.columns[range], rows.values[range], columns: columns, leavingOut: row))
      }
    }
    return blocks.flatMap { $0 }
  }

  /// What a row that need not be of the matrix has in common with its rows.
  ///
  /// - Complexity: O(rows + Σ over the row's columns of entries).
  func pairs(of entries: ArraySlice<Int32>, _ values: ArraySlice<Float>) -> [(other: Int32, sums: PairSums)] {
    var scratch = PairScratch(count: rows.rowCount)
    return scratch.pairs(of: entries, values, columns: columns, leavingOut: -1)
  }
}

/// One accumulator for each row, and which of them are in use.
private struct PairScratch: ~Copyable {
  private let sums: UnsafeMutablePointer<SIMD8<Float>>
  private let touched: UnsafeMutablePointer<Int32>

  init(count: Int) {
    sums = .allocate(capacity: count)
    sums.initialize(repeating: .zero, count: count)
    touched = .allocate(capacity: count)
  }

  deinit {
    sums.deallocate()
    touched.deallocate()
  }

  /// The pairs, by the other row's index, and the accumulators cleared again.
  mutating func pairs(
    of entries: ArraySlice<Int32>, _ values: ArraySlice<Float>, columns: SparseRows, leavingOut row: Int
  ) -> [(other: Int32, sums: PairSums)] {
    var touchedCount = 0
    columns.columns.withUnsafeBufferPointer { others in
      columns.values.withUnsafeBufferPointer { otherValues in
        for (column, x) in zip(entries, values) {
          for entry in columns.range(ofRow: Int(column)) {
            let other = Int(others[entry])
            let y = otherValues[entry]
            let before = sums[other]
            if before[0] == 0 {
              touched[touchedCount] = Int32(truncatingIfNeeded: other)
              touchedCount += 1
            }
            sums[other] = before + SIMD8<Float>(1, x, y, x * x, y * y, x * y, 0, 0)
          }
        }
      }
    }
    var order = UnsafeMutableBufferPointer(start: touched, count: touchedCount)
    order.sort()
    var pairs: [(other: Int32, sums: PairSums)] = []
    pairs.reserveCapacity(touchedCount)
    for index in 0..<touchedCount {
      let other = touched[index]
      if Int(other) != row { pairs.append((other, PairSums(lanes: sums[Int(other)]))) }
      sums[Int(other)] = .zero
    }
    return pairs
  }
}
