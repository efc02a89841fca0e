import LinearAlgebra
import Ratings

/// Assigns users and movies to clusters.
struct CoClusterer: Sendable {
  /// Residuals.
  let byUser: SparseRows
  let byMovie: SparseRows
  let userClusters: Int
  let movieClusters: Int
  let damping: Float
  let sweeps: Int

  /// The co-clustering that run number `run` converges to, and the clusters of the users.
  ///
  /// - Complexity: O(sweeps x (ratings + (users + movies) x user clusters x movie clusters)).
  func coClustering(seed: UInt64, run: Int) -> (coClustering: CoClustering, userClusters: [Int32]) {
    var random = CounterRandom(seed: seed, stream: 18, substream: UInt64(run))
    var users = (0..<byUser.rowCount).map { _ in Int32(random.index(below: userClusters)) }
    var movies = (0..<byMovie.rowCount).map { _ in Int32(random.index(below: movieClusters)) }
    var coClustering = CoClustering(movieClusters: movies, blocks: blocks(users: users, movies: movies))
    for sweep in 0..<sweeps {
      let before = (users, movies)
      movies = bestMovieClusters(users: users, blocks: coClustering.blocks, before: movies)
      coClustering = CoClustering(movieClusters: movies, blocks: blocks(users: users, movies: movies))
      users = bestUserClusters(coClustering, before: users)
      if before == (users, movies) { break }
      guard sweep + 1 < sweeps else { break }
      coClustering.blocks = blocks(users: users, movies: movies)
    }
    return (coClustering, users)
  }

  /// The mean of each block, with shrinkage.
  private func blocks(users: [Int32], movies: [Int32]) -> Matrix {
    var sums = [SIMD2<Double>](repeating: .zero, count: userClusters * movieClusters)
    for user in 0..<byUser.rowCount {
      let row = Int(users[user]) * movieClusters
      for position in byUser.range(ofRow: user) {
        sums[row + Int(movies[Int(byUser.columns[position])])] += SIMD2(Double(byUser.values[position]), 1)
      }
    }
    return Matrix(
      rows: userClusters, columns: movieClusters,
      values: sums.map { $0[1] > 0 ? Float($0[0] / ($0[1] + Double(damping))) : 0 })
  }

  private func bestMovieClusters(users: [Int32], blocks: Matrix, before: [Int32]) -> [Int32] {
    (0..<byMovie.rowCount).map { movie in
      let range = byMovie.range(ofRow: movie)
      guard !range.isEmpty else { return before[movie] }
      var sums = [SIMD2<Double>](repeating: .zero, count: userClusters)
      for position in range {
        sums[Int(users[Int(byMovie.columns[position])])] += SIMD2(Double(byMovie.values[position]), 1)
      }
      return Int32(CoClustering.best(of: movieClusters, sums) { blocks[$1, $0] })
    }
  }

  private func bestUserClusters(_ coClustering: CoClustering, before: [Int32]) -> [Int32] {
    (0..<byUser.rowCount).map { user in
      let range = byUser.range(ofRow: user)
      guard !range.isEmpty else { return before[user] }
      return Int32(coClustering.userCluster(movies: byUser.columns[range], residuals: byUser.values[range]))
    }
  }

  /// For each movie its mean residual, with shrinkage, in every user cluster of every run.
  func signatures(of runs: [[Int32]]) -> Matrix {
    let width = runs.count * userClusters
    var signatures = Matrix(rows: byMovie.rowCount, columns: width)
    for movie in 0..<byMovie.rowCount {
      for (run, users) in runs.enumerated() {
        var sums = [SIMD2<Double>](repeating: .zero, count: userClusters)
        for position in byMovie.range(ofRow: movie) {
          sums[Int(users[Int(byMovie.columns[position])])] += SIMD2(Double(byMovie.values[position]), 1)
        }
        for (cluster, sum) in sums.enumerated() {
          signatures[movie, run * userClusters + cluster] = Float(sum[0] / (sum[1] + 5))
        }
      }
    }
    return signatures
  }
}
