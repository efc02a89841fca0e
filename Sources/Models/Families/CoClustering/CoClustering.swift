import BinaryFiles
import LinearAlgebra
import Ratings

/// One assignment of movies to clusters, and the mean residual of each pair of user cluster and movie cluster.
struct CoClustering: Sendable, Equatable {
  /// One for each movie.
  var movieClusters: [Int32]
  /// m: user clusters x movie clusters.
  var blocks: Matrix

  /// The cluster g that minimizes Σ (e − m_{g, h(i)})² over a user's residuals; of equally good ones the first.
  ///
  /// - Complexity: O(ratings + user clusters x movie clusters).
  func userCluster(movies: ArraySlice<Int32>, residuals: ArraySlice<Float>) -> Int {
    // Σ e and the count, by movie cluster, are all that matters.
    var sums = [SIMD2<Double>](repeating: .zero, count: blocks.columns)
    for (movie, residual) in zip(movies, residuals) {
      sums[Int(movieClusters[Int(movie)])] += SIMD2(Double(residual), 1)
    }
    return CoClustering.best(of: blocks.rows, sums) { blocks[$0, $1] }
  }

  /// The candidate with the least Σ over clusters of count · mean² − 2 · mean · sum.
  static func best(of candidates: Int, _ sums: [SIMD2<Double>], mean: (Int, Int) -> Float) -> Int {
    var best = 0
    var least = Double.infinity
    for candidate in 0..<candidates {
      var error = 0.0
      for (cluster, sum) in sums.enumerated() where sum[1] > 0 {
        let value = Double(mean(candidate, cluster))
        error += value * (sum[1] * value - 2 * sum[0])
      }
      if error < least {
        least = error
        best = candidate
      }
    }
    return best
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(movieClusters)
    writer.write(Int64(blocks.rows))
    writer.write(Int64(blocks.columns))
    writer.write(blocks.values)
  }

  init(from reader: inout BinaryReader, movieCount: Int) throws(BinaryFileError) {
    let clusters = try reader.readIndices(below: 64, count: movieCount)
    let rows = try reader.readCount(in: 1...64)
    let columns = try reader.readCount(in: 1...64)
    guard clusters.allSatisfy({ Int($0) < columns }) else { throw .damaged }
    movieClusters = clusters
    blocks = Matrix(rows: rows, columns: columns, values: try reader.readFiniteArray(count: rows * columns))
  }

  init(movieClusters: [Int32], blocks: Matrix) {
    self.movieClusters = movieClusters
    self.blocks = blocks
  }
}
