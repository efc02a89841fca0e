import LinearAlgebra
import Ratings

/// Ratings sorted into a grid of bands of users and bands of movies, shuffled within each block.
///
/// The blocks of one diagonal share no user and no movie, so they can be learned from at the same time without a lock
/// and with the same result (Gemulla et al.: Large-scale matrix factorization with distributed stochastic gradient
/// descent. KDD 2011). The shape of the grid depends on the data alone, never on how many threads there are.
struct RatingGrid: Sendable {
  /// Bands of either kind.
  let side: Int
  /// Where block (user band x side + movie band) begins, and the end.
  let offsets: [Int]
  let users: [Int32]
  let movies: [Int32]
  let values: [Float]

  /// - Complexity: O(ratings).
  init(_ byUser: SparseRows, seed: UInt64) {
    let side = max(1, min(16, min(byUser.rowCount, byUser.columnCount) / 64))
    let userBands = Self.bands((0..<byUser.rowCount).map { byUser.count(ofRow: $0) }, count: side)
    var movieCounts = [Int](repeating: 0, count: byUser.columnCount)
    for movie in byUser.columns { movieCounts[Int(movie)] += 1 }
    let movieBands = Self.bands(movieCounts, count: side)
    var offsets = [Int](repeating: 0, count: side * side + 1)
    for user in 0..<byUser.rowCount {
      let first = userBands[user] * side
      for position in byUser.range(ofRow: user) { offsets[first + movieBands[Int(byUser.columns[position])] + 1] += 1 }
    }
    for block in 0..<side * side { offsets[block + 1] += offsets[block] }
    var places = offsets
    var order = [(user: Int32, position: Int)](repeating: (0, 0), count: byUser.entryCount)
    for user in 0..<byUser.rowCount {
      for position in byUser.range(ofRow: user) {
        let block = userBands[user] * side + movieBands[Int(byUser.columns[position])]
        order[places[block]] = (Int32(user), position)
        places[block] += 1
      }
    }
    for block in 0..<side * side {
      var random = CounterRandom(seed: seed, stream: 11, substream: UInt64(block))
      order[offsets[block]..<offsets[block + 1]].shuffle(using: &random)
    }
    self.side = side
    self.offsets = offsets
    users = order.map(\.user)
    movies = order.map { byUser.columns[$0.position] }
    values = order.map { byUser.values[$0.position] }
  }

  /// The band of each row, contiguous and with about as many ratings each.
  private static func bands(_ counts: [Int], count: Int) -> [Int] {
    let total = max(1, counts.reduce(0, +))
    var before = 0
    return counts.map { ratings in
      let band = min(count - 1, before * count / total)
      before += ratings
      return band
    }
  }
}
