import LinearAlgebra
import Ratings

/// The similarity of two rows of ratings, from the columns that both have rated.
///
/// With n the number of common columns, every similarity is shrunk by n' / (n' + shrinkage), where n' is n, less one for
/// the correlations: two rows that agree by chance on a few columns get little weight.
enum NeighbourSimilarity: Int, Sendable {
  /// Σ xy / √(Σx² Σy²) over the common columns, of the ratings as given.
  case cosine = 0
  /// 1 / (1 + mean (x − y)²) over the common columns, the differences in units of the ratings' deviation.
  case meanSquaredDifference = 1
  /// Pearson's correlation over the common columns.
  case pearson = 2
  /// Pearson's correlation of the residuals over the baseline, each norm taken over all of a row (Koren 2010).
  case pearsonBaseline = 3

  /// The setting that chooses one.
  static let setting = ModelSetting(
    "similarity", default: 3, in: 0...3, isWhole: true,
    "0: cosine; 1: mean squared difference; 2: Pearson; 3: Pearson of the residuals over the baseline")

  init(_ settings: ModelSettings) {
    self = NeighbourSimilarity(rawValue: Int(settings["similarity"])) ?? .pearsonBaseline
  }

  /// Whether it compares residuals rather than ratings.
  var comparesResiduals: Bool { self == .pearsonBaseline }

  /// - Parameters:
  ///   - norms: the norms of the two rows over all their columns.
  ///   - variance: of the ratings.
  func value(of sums: PairSums, norms: (Float, Float), variance: Float, shrinkage: Float) -> Float {
    let count = sums.count
    switch self {
    case .cosine:
      let norm = (sums.squaresX * sums.squaresY).squareRoot()
      return norm > 0 ? min(1, sums.product / norm) * count / (count + shrinkage) : 0
    case .meanSquaredDifference:
      return 1 / (1 + sums.squaredDifference / (count * max(variance, 1e-6))) * count / (count + shrinkage)
    case .pearson:
      let x = sums.squaresX - sums.sumX * sums.sumX / count
      let y = sums.squaresY - sums.sumY * sums.sumY / count
      guard x > 1e-4 * count, y > 1e-4 * count, count > 1 else { return 0 }
      let covariance = sums.product - sums.sumX * sums.sumY / count
      return min(1, covariance / (x * y).squareRoot()) * (count - 1) / (count - 1 + shrinkage)
    case .pearsonBaseline:
      let norm = norms.0 * norms.1
      guard norm > 0, count > 1 else { return 0 }
      return min(1, sums.product / norm) * (count - 1) / (count - 1 + shrinkage)
    }
  }
}

extension NeighbourSimilarity {
  /// The `keep` rows most similar to each row by one of the similarities that compare ratings.
  ///
  /// - Complexity: O(Σ over columns of entries²).
  func lists(
    of rows: SparseRows, and columns: SparseRows, keep: Int, shrinkage: Float, threads: ThreadCount
  ) -> NeighbourLists {
    let mean = rows.values.reduce(0.0) { $0 + Double($1) } / Double(max(1, rows.entryCount))
    let squares = rows.values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let variance = Float(squares / Double(max(1, rows.entryCount)))
    let lists = PairSearch(rows: rows, columns: columns).map(threads: threads) { _, pairs in
      var best = TopK(min(keep, pairs.count))
      for (other, sums) in pairs {
        let value = value(of: sums, norms: (0, 0), variance: variance, shrinkage: shrinkage)
        if value > 0 { best.offer(other, value) }
      }
      return best.take()
    }
    return NeighbourLists(lists)
  }
}

extension SparseRows {
  /// The root of the sum of squares of each row; 0 where a row is nothing but rounding errors of a perfect baseline.
  var norms: [Float] { (0..<rowCount).map { SparseRows.norm(of: values[range(ofRow: $0)]) } }

  static func norm(of values: ArraySlice<Float>) -> Float {
    let squares = values.reduce(0.0) { $0 + Double($1 * $1) }
    return squares > 1e-6 * Double(values.count) ? Float(squares.squareRoot()) : 0
  }
}
