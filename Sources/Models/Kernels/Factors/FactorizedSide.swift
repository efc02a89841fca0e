import LinearAlgebra
import Ratings

/// Users or movies while they are fitted: their ratings, what is known of them, and the prior.
struct FactorizedSide {
  /// Standardized, one row for each of this side.
  let ratings: SparseRows
  var rows: FactorRows
  /// λ: prior precision of each factor and, last, of the bias.
  var prior: [Double]

  init(_ ratings: SparseRows, factorCount: Int, seed: UInt64, stream: UInt64) {
    self.ratings = ratings
    rows = FactorRows(rows: ratings.rowCount, factorCount: factorCount, spread: 0.1, seed: seed, stream: stream)
    prior = [Double](repeating: 5, count: factorCount + 1)
  }

  /// The equations of this side's rows, given the other side.
  func equations(
    from others: FactorizedSide, implicitWeight: Float, precision: Double, threads: ThreadCount
  ) -> RowEquations {
    let stride = rows.stride
    var implicit = Matrix(rows: 0, columns: stride)
    var gram = Matrix(rows: stride, columns: stride)
    // In units of the ratings' own precision: the more exactly they are explained, the less the choice matters.
    let weight = implicitWeight / Float(precision)
    if weight > 0 {
      implicit = ImplicitFactors.fitted(to: rows, of: others.ratings, threads: threads)
      gram = ImplicitFactors.gram(of: implicit, weight: weight, factorCount: rows.factorCount)
    }
    var ridge = [Float](repeating: 0, count: stride)
    for unknown in prior.indices { ridge[unknown] = Float(prior[unknown] / precision) }
    return RowEquations(
      others: others.rows, implicit: implicit, implicitGram: gram, implicitWeight: weight, ridge: ridge,
      precision: Float(precision))
  }

  /// Solves every row, then takes the prior from the rows that have ratings.
  ///
  /// - Returns: the expected sum of squared errors over all ratings.
  mutating func solve(_ equations: RowEquations, threads: ThreadCount) -> Double {
    let error = rows.solve(ratings, with: equations, threads: threads)
    let present = (0..<ratings.rowCount).filter { ratings.count(ofRow: $0) > 0 }
    for unknown in prior.indices where !present.isEmpty {
      // In a row's layout the bias follows the constant 1.
      let place = unknown == rows.factorCount ? rows.biasPlace : unknown
      let squares = present.reduce(0.0) { sum, row in
        let value = Double(rows.means[row, place])
        return sum + value * value + Double(rows.variances[row, place])
      }
      prior[unknown] = min(1e6, max(1e-3, Double(present.count) / max(squares, 1e-12)))
    }
    return error
  }
}
