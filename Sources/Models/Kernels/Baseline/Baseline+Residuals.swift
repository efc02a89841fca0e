import LinearAlgebra
import Ratings

extension Baseline {
  /// The training ratings less the baseline, users x movies.
  ///
  /// - Complexity: O(ratings).
  func residuals(of byUser: SparseRows, threads: ThreadCount) -> SparseRows {
    let values = [Float](unsafeUninitializedCapacity: byUser.entryCount) { buffer, initialized in
      let values = SharedMutableBuffer(buffer)
      threads.forEachBlock(of: byUser.rowCount, blockSize: 512) { users in
        for user in users {
          for position in byUser.range(ofRow: user) {
            let movie = Int(byUser.columns[position])
            values.initialize(position, to: byUser.values[position] - value(user: user, movie: movie))
          }
        }
      }
      initialized = byUser.entryCount
    }
    return SparseRows(
      offsets: byUser.offsets, columns: byUser.columns, values: values, columnCount: byUser.columnCount)
  }
}
