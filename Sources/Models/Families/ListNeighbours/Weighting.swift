import Ratings

/// How a matrix of likes is weighted before its rows are compared by their products.
enum ListWeighting: Int, Sendable {
  /// Every like the same; the product of two rows is their cosine.
  case plain = 0
  /// TF-IDF: a like in a column of *n* likes weighs log(1 + rows / n); the product is again a cosine.
  case inverseFrequency = 1
  /// BM25: the same weights, times (k + 1) / (k L + 1) with L = 1 − b + b · likes of the row / their mean in place of the norm,
  /// with k = 1.2, b = 0.75 (Robertson and Zaragoza 2009, for a term that occurs once).
  case bm25 = 2

  init(_ settings: ModelSettings) { self = ListWeighting(rawValue: Int(settings["weighting"])) ?? .plain }

  /// The weight of a like in each column of `rows`; positive.
  func columnWeights(of rows: SparseRows) -> [Float] {
    guard self != .plain else { return [Float](repeating: 1, count: rows.columnCount) }
    var counts = [Int](repeating: 0, count: rows.columnCount)
    for column in rows.columns { counts[Int(column)] += 1 }
    return counts.map { $0 == 0 ? 1 : Float(logarithm(1 + Double(rows.rowCount) / Double($0))) }
  }

  /// Weighted copy of `rows`, a matrix of ones.
  func weighted(_ rows: SparseRows) -> SparseRows {
    let weights = columnWeights(of: rows)
    let meanCount = Double(max(1, rows.entryCount)) / Double(max(1, rows.rowCount))
    var values = rows.values
    for row in 0..<rows.rowCount where rows.count(ofRow: row) > 0 {
      let factor: Float
      if self == .bm25 {
        let length = 0.25 + 0.75 * Double(rows.count(ofRow: row)) / meanCount
        factor = Float(2.2 / (1.2 * length + 1))
      } else {
        let squares = rows.range(ofRow: row).reduce(0.0) {
          $0 + Double(weights[Int(rows.columns[$1])]) * Double(weights[Int(rows.columns[$1])])
        }
        factor = Float(1 / squares.squareRoot())
      }
      for position in rows.range(ofRow: row) { values[position] = factor * weights[Int(rows.columns[position])] }
    }
    return SparseRows(offsets: rows.offsets, columns: rows.columns, values: values, columnCount: rows.columnCount)
  }

  static func setting(_ weighting: ListWeighting) -> ModelSetting {
    ModelSetting(
      "weighting", default: Double(weighting.rawValue), in: 0...2, isWhole: true,
      "0: unweighted (cosine); 1: rare ones weigh more (TF-IDF); 2: also damps long rows (BM25)")
  }
}
