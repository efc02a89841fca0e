import LinearAlgebra
import Ratings

extension RatingStatistics {
  /// The statistics of every row of a rating matrix. Complexity: O(ratings + rows x levels).
  static func rows(of matrix: SparseRows, scale: RatingScale, threads: ThreadCount) -> [RatingStatistics] {
    threads.map(matrix.rowCount, blockSize: 256) { row in
      var histogram = [Int32](repeating: 0, count: scale.levelCount)
      var sum = 0.0
      for position in matrix.range(ofRow: row) {
        histogram[min(histogram.count - 1, scale.level(of: matrix.values[position]))] += 1
        sum += Double(matrix.values[position])
      }
      let count = matrix.count(ofRow: row)
      return RatingStatistics(count: count, mean: count == 0 ? 0 : Float(sum / Double(count)), histogram: histogram)
    }
  }
}
