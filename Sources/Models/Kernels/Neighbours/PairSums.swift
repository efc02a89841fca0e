/// What two rows of a sparse matrix, x and y, have in common: sums over the columns in which both have an entry.
struct PairSums: Sendable {
  var lanes: SIMD8<Float> = .zero

  var count: Float { lanes[0] }
  var sumX: Float { lanes[1] }
  var sumY: Float { lanes[2] }
  var squaresX: Float { lanes[3] }
  var squaresY: Float { lanes[4] }
  var product: Float { lanes[5] }

  /// Σ (x − y).
  var difference: Float { sumX - sumY }
  /// Σ (x − y)².
  var squaredDifference: Float { max(0, squaresX + squaresY - 2 * product) }
}
