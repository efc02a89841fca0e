import Ratings

/// Draws distinct columns row by row, in proportion to their weights and the row's preference for them.
///
/// Every column is drawn at least once over all rows (if there are as many ratings as columns): column *k* of a
/// shuffled order is reserved for the row with rating number *k* x ratings / columns.
struct RowSampler {
  private let weights: [Float]
  private let alias: AliasTable
  private let ratings: Int
  /// The columns in the order of reservation; empty if there are too few ratings.
  private var promised: [Int32]
  private var promisedCount = 0
  private var ratingsBefore = 0
  /// The last row that has a column.
  private var lastRow: [Int32]
  private var keys: [UInt64] = []
  /// The columns of the row drawn last, in arbitrary order.
  private(set) var columns: [Int32] = []

  init(weights: [Float], ratings: Int, order: CounterRandom) {
    self.weights = weights
    self.ratings = ratings
    alias = AliasTable(weights)
    lastRow = [Int32](repeating: -1, count: weights.count)
    promised = ratings >= weights.count ? (0..<Int32(weights.count)).map { $0 } : []
    var order = order
    promised.shuffle(using: &order)
  }

  /// Fills `columns` with `count` columns; rows must come in order, each once.
  ///
  /// - Parameter liking: the factor of a column's weight in this row: in (0, 1].
  mutating func drawRow(_ row: Int, count: Int, random: inout CounterRandom, liking: (Int) -> Float) {
    columns.removeAll(keepingCapacity: true)
    takePromised(row: row, count: count)
    // Rejection sampling is fast as long as a row takes a small part of the columns.
    if count * 6 < weights.count {
      var attempts = 0
      while columns.count < count, attempts < 50 * count + 1_000 {
        attempts += 1
        let column = alias.draw(&random)
        guard lastRow[column] != Int32(row) else { continue }
        let coin = Float(UInt32(truncatingIfNeeded: random.next()) >> 8) * 0x1p-24
        if coin < liking(column) { take(column, row: row) }
      }
    }
    if columns.count < count { drawRest(row: row, count: count, random: &random, liking: liking) }
  }

  private mutating func take(_ column: Int, row: Int) {
    lastRow[column] = Int32(row)
    columns.append(Int32(column))
  }

  private mutating func takePromised(row: Int, count: Int) {
    let end = ratingsBefore + count
    while promisedCount < promised.count, promisedCount * ratings / promised.count < end {
      take(Int(promised[promisedCount]), row: row)
      promisedCount += 1
    }
    ratingsBefore = end
  }

  /// Draws without replacement from all columns left (Efraimidis and Spirakis 2006): those with the smallest
  /// exponential waiting times.
  private mutating func drawRest(row: Int, count: Int, random: inout CounterRandom, liking: (Int) -> Float) {
    keys.removeAll(keepingCapacity: true)
    for column in weights.indices where lastRow[column] != Int32(row) {
      let waiting = -PlainMath.logarithm(max(random.uniform(), 0x1p-53)) / Double(weights[column] * liking(column))
      // The bits of positive floats sort like their values.
      keys.append(UInt64(Float(waiting).bitPattern) << 32 | UInt64(column))
    }
    let missing = count - columns.count
    keys.moveSmallestToFront(missing)
    for key in keys[..<missing] { take(Int(key & 0xffff_ffff), row: row) }
  }
}

extension [UInt64] {
  /// Rearranges distinct numbers so that the `wanted` smallest come first (Hoare's selection).
  package mutating func moveSmallestToFront(_ wanted: Int) {
    var low = 0
    var high = count - 1
    while low < high {
      let ends = (self[low], self[(low + high) / 2], self[high])
      let pivot = Swift.max(Swift.min(ends.0, ends.1), Swift.min(Swift.max(ends.0, ends.1), ends.2))
      var left = low
      var right = high
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if wanted - 1 <= right { high = right } else if wanted - 1 >= left { low = left } else { return }
    }
  }
}
