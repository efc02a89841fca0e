import Ratings

/// Ratings moved and scaled to mean 0 and deviation 1, so that a factorization's priors fit any rating scale.
struct StandardizedRatings {
  /// Mean of the ratings; the middle of the scale where there are none.
  let mean: Float
  /// Their standard deviation; 1 where they are all equal.
  let deviation: Float
  /// (r − mean) / deviation, users x movies.
  let byUser: SparseRows

  init(_ training: TrainingSet) {
    let values = training.byUser.values
    let scale = training.scale
    let count = Double(max(1, values.count))
    let mean =
      values.isEmpty ? Double(scale.minimum + scale.maximum) / 2 : values.reduce(0) { $0 + Double($1) } / count
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    let deviation = variance.squareRoot() > 1e-5 * abs(mean) ? Float(variance.squareRoot()) : 1
    self.mean = Float(mean)
    self.deviation = deviation
    byUser = SparseRows(
      offsets: training.byUser.offsets, columns: training.byUser.columns,
      values: values.map { ($0 - Float(mean)) / deviation }, columnCount: training.movieCount)
  }
}
