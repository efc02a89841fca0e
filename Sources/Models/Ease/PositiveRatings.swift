import Ratings

/// The ratings that speak for a movie: a sparse matrix of ones, which is what list models learn from.
struct PositiveRatings: Sendable {
  /// The lowest rating that counts.
  let threshold: Float
  /// Users x movies; every value is 1.
  let byUser: SparseRows

  /// - Parameter fraction: where on the way from the lowest to the highest rating of the scale the positive ones start.
  init(_ training: TrainingSet, from fraction: Double) {
    threshold = Self.threshold(of: training.scale, fraction: fraction)
    let all = training.byUser
    var offsets = [0]
    var columns: [Int32] = []
    offsets.reserveCapacity(all.rowCount + 1)
    columns.reserveCapacity(all.entryCount)
    for user in 0..<all.rowCount {
      for position in all.range(ofRow: user) where all.values[position] >= threshold {
        columns.append(all.columns[position])
      }
      offsets.append(columns.count)
    }
    byUser = SparseRows(
      offsets: offsets, columns: columns, values: [Float](repeating: 1, count: columns.count),
      columnCount: all.columnCount)
  }

  /// A hair below the exact place, so that a rating that stands on it counts.
  static func threshold(of scale: RatingScale, fraction: Double) -> Float {
    let width = scale.maximum - scale.minimum
    return scale.minimum + Float(fraction) * width - 1e-4 * width
  }
}

extension [MovieRating] {
  /// The movies rated `threshold` or higher.
  func movies(ratedFrom threshold: Float) -> [Int32] { compactMap { $0.value >= threshold ? $0.movie : nil } }
}

extension ModelSetting {
  /// The setting of every list model that `PositiveRatings` takes.
  static func positiveFrom(_ fraction: Double) -> ModelSetting {
    ModelSetting(
      "positive-from", default: fraction, in: 0...1,
      "where a rating starts to speak for a movie, from the lowest (0) to the highest (1) of the scale; those below are left out"
    )
  }
}
