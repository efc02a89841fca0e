import Ratings

/// The prior of the rows of one side: x_r ~ N(μ + Σ_c f_rc t_c, diag(Λ)⁻¹) over the factors and, last, the bias; the
/// coefficients of a group of features ~ N(0, diag(λ_group)⁻¹).
///
/// Written out, x_r is the row's own part plus what its features bring: a factorization machine with relation blocks,
/// in the centered form. Given the rows, the coefficients do not depend on the ratings at all, so a sweep over them
/// costs the entries of the features times the factors.
final class RowPrior: Sendable {
  /// Of the rows that have ratings.
  let features: FeatureColumns
  /// Of the rows that have none.
  let absentFeatures: FeatureColumns
  let rowCount: Int
  let unknownCount: Int
  let stride: Int
  /// The rows that have ratings; the others say nothing and are left out.
  let present: [Int32]
  let absent: [Int32]
  /// Σ_r f_rc² over the present rows.
  let squares: [Float]
  /// μ, `stride` numbers, like all that follows.
  let mean: WorkMemory<Float>
  /// Λ.
  let precision: WorkMemory<Float>
  /// t, one row for each column.
  let coefficients: WorkMemory<Float>
  /// λ, one row for each group.
  let groupPrecisions: WorkMemory<Float>
  /// x − its prior mean, one row for each row of the side.
  let deviations: WorkMemory<Float>
  /// μ + Σ f t, one row for each row of the side.
  let means: WorkMemory<Float>

  init(_ features: FeatureColumns, rowCounts: [Int], factorCount: Int) {
    let presentFeatures = features.keeping { rowCounts[$0] > 0 }
    self.features = presentFeatures
    absentFeatures = features.keeping { rowCounts[$0] == 0 }
    rowCount = rowCounts.count
    present = rowCounts.indices.filter { rowCounts[$0] > 0 }.map { Int32($0) }
    absent = rowCounts.indices.filter { rowCounts[$0] == 0 }.map { Int32($0) }
    unknownCount = factorCount + 1
    stride = (factorCount + 2 + 7) & ~7
    squares = (0..<features.columnCount).map { column in
      presentFeatures.values[presentFeatures.offsets[column]..<presentFeatures.offsets[column + 1]].reduce(0) {
        $0 + $1 * $1
      }
    }
    mean = WorkMemory(stride, filledWith: 0)
    precision = WorkMemory(stride, filledWith: 10)
    coefficients = WorkMemory(features.columnCount * stride, filledWith: 0)
    groupPrecisions = WorkMemory(features.groups.count * stride, filledWith: 10)
    deviations = WorkMemory(rowCount * stride, filledWith: 0)
    means = WorkMemory(rowCount * stride, filledWith: 0)
  }
}
