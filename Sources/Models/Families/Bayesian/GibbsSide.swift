import LinearAlgebra
import Ratings

/// Users or movies while they are sampled.
///
/// A row is laid out so that it serves the other side's regression as it stands (as in `FactorRows`):
///
///     factor 0 … factor k−1 | 1 | bias | 0 … up to a multiple of 8
final class GibbsSide: Sendable {
  let factorCount: Int
  let stride: Int
  /// Where the ratings of each row stand in `others` and `positions`.
  let offsets: [Int]
  /// The row of the other side, for each rating.
  let others: [Int32]
  /// The number of each rating in the order by users.
  let positions: [Int32]
  let rows: WorkMemory<Float>
  let prior: RowPrior

  var rowCount: Int { offsets.count - 1 }
  var onePlace: Int { factorCount }
  var biasPlace: Int { factorCount + 1 }

  init(
    _ ratings: SparseRows, positions: [Int32], features: FeatureColumns, factorCount: Int, seed: UInt64,
    stream: UInt64
  ) {
    self.factorCount = factorCount
    self.positions = positions
    stride = FactorRows.stride(factorCount: factorCount)
    offsets = ratings.offsets
    others = ratings.columns
    let counts = (0..<ratings.rowCount).map { ratings.count(ofRow: $0) }
    prior = RowPrior(features, rowCounts: counts, factorCount: factorCount)
    rows = WorkMemory(ratings.rowCount * stride, filledWith: 0)
    for row in 0..<ratings.rowCount {
      var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(row))
      NormalMath.fill(rows.base + row * stride, count: stride, &random)
      for place in 0..<stride { rows[row * stride + place] *= place < factorCount ? 0.1 : 0 }
      rows[row * stride + factorCount] = 1
    }
  }
}
