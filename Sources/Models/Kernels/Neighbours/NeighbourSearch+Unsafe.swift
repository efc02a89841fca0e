// Unsafe: the accumulators of one row are scattered to through a pointer, some 10^8 times in a fit.

import LinearAlgebra
import Ratings

/// What two rows of a sparse matrix have in common: sums over the columns in which both have an entry.
struct Overlap {
  fileprivate var sums: SIMD2<Float>

  /// Number of common columns.
  var count: Float { sums[0] }
  /// Σ x_i x_j over the common columns.
  var product: Float { sums[1] }
}

/// Finds the most similar rows of a sparse matrix by products of sparse rows, one row at a time.
///
/// Serves neighbours of movies (rows: movies, columns: users) and of users (the transpose), for stars and for lists.
struct NeighbourSearch {
  /// Rows to compare.
  let rows: SparseRows
  /// The transpose of `rows`.
  let columns: SparseRows

  /// For each row the `keep` others with the highest positive `similarity`; of equal ones the lower index wins.
  ///
  /// - Complexity: O(Σ over columns of entries²) time, O(rows x keep) memory besides the matrix.
  func nearest(
    keep: Int, threads: ThreadCount, similarity: @Sendable (_ row: Int, _ other: Int, _ overlap: Overlap) -> Float
  ) -> NeighbourLists {
    let rows = rows
    let columns = columns
    var lists = [[TopK.Entry]](repeating: [], count: rows.rowCount)
    lists.withUnsafeMutableBufferPointer { buffer in
      let lists = SharedMutableBuffer(buffer)
      threads.forEachBlock(of: rows.rowCount, blockSize: 32) { block in
        var scratch = OverlapScratch(count: rows.rowCount)
        var best = TopK(keep)
        for row in block where rows.count(ofRow: row) > 0 {
          scratch.addOverlaps(of: row, rows: rows, columns: columns)
          scratch.drain { other, overlap in
            guard Int(other) != row else { return }
            let similarity = similarity(row, Int(other), overlap)
            if similarity > 0 { best.offer(other, similarity) }
          }
          lists[row] = best.take()
        }
      }
    }
    return NeighbourLists(lists)
  }
}

/// One accumulator for each row, and which of them are in use.
private struct OverlapScratch: ~Copyable {
  private let sums: UnsafeMutablePointer<SIMD2<Float>>
  private let touched: UnsafeMutablePointer<Int32>
  private var touchedCount = 0

  init(count: Int) {
    sums = .allocate(capacity: count)
    sums.initialize(repeating: .zero, count: count)
    touched = .allocate(capacity: count)
  }

  deinit {
    sums.deallocate()
    touched.deallocate()
  }

  mutating func addOverlaps(of row: Int, rows: SparseRows, columns: SparseRows) {
    rows.columns.withUnsafeBufferPointer { rowColumns in
      rows.values.withUnsafeBufferPointer { rowValues in
        columns.columns.withUnsafeBufferPointer { others in
          columns.values.withUnsafeBufferPointer { otherValues in
            var touchedCount = touchedCount
            for position in rows.range(ofRow: row) {
              let own = rowValues[position]
              for entry in columns.range(ofRow: Int(rowColumns[position])) {
                let other = Int(others[entry])
                let value = otherValues[entry]
                let before = sums[other]
                if before[0] == 0 {
                  touched[touchedCount] = Int32(truncatingIfNeeded: other)
                  touchedCount += 1
                }
                sums[other] = before + SIMD2<Float>(1, own * value)
              }
            }
            self.touchedCount = touchedCount
          }
        }
      }
    }
  }

  /// Hands over every accumulator in use and clears it.
  mutating func drain(_ body: (Int32, Overlap) -> Void) {
    for index in 0..<touchedCount {
      let other = touched[index]
      body(other, Overlap(sums: sums[Int(other)]))
      sums[Int(other)] = .zero
    }
    touchedCount = 0
  }
}
