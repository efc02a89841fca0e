/// A figure of a model as people read it.
enum Figure {
  /// Which of two values is the better one.
  enum Aim {
    case low, high, nearFourFifths, none
  }

  private static let shares: Set<String> = [
    "within-half", "coverage-80", "precision", "recall", "capped-recall", "hit-rate", "coverage", "popular",
  ]

  /// The figures that have a name in each language; the others are acronyms.
  private static let names: [String: TextName] = [
    "mae-median": .figureMedian, "within-half": .figureHalf, "log-likelihood": .figureLikelihood,
    "coverage-80": .figureRange, "interval-width": .figureWidth, "precision": .figurePrecision,
    "recall": .figureRecall, "capped-recall": .figureCappedRecall, "hit-rate": .figureHitRate,
    "coverage": .figureCoverage, "novelty": .figureNovelty, "diversity": .figureDiversity, "popular": .figurePopular,
  ]

  /// "RMSE" for "rmse", "nDCG at 10" for "ndcg@10".
  static func label(_ name: String, texts: Texts) -> String {
    let (head, k) = parts(of: name)
    let label = names[head].map { texts($0) } ?? (head == "ndcg" ? "nDCG" : head.uppercased())
    return k.isEmpty ? label : texts(.figureAt, ["figure": label, "count": k])
  }

  /// "0.8712", "31.4 %".
  static func text(_ name: String, _ value: Double, texts: Texts) -> String {
    let head = parts(of: name).head
    if shares.contains(head) { return texts(.percent, ["value": texts.decimal(value * 100, places: 1)]) }
    return texts.decimal(value, places: head == "mape" ? 1 : 4)
  }

  static func aim(_ name: String) -> Aim {
    switch parts(of: name).head {
    case "rmse", "mae", "mape", "mae-median", "interval-width": .low
    case "coverage-80": .nearFourFifths
    case "popular", "novelty": .none
    default: .high
    }
  }

  /// The best of `values`; nil where none is better than the others.
  static func best(_ name: String, of values: [Double]) -> Double? {
    let finite = values.filter(\.isFinite)
    guard finite.count > 1, finite.min() != finite.max() else { return nil }
    return switch aim(name) {
    case .low: finite.min()
    case .high: finite.max()
    case .nearFourFifths: finite.min { abs($0 - 0.8) < abs($1 - 0.8) }
    case .none: nil
    }
  }

  private static func parts(of name: String) -> (head: String, k: String) {
    let parts = name.split(separator: "@", maxSplits: 1)
    return (parts.first.map(String.init) ?? name, parts.count > 1 ? String(parts[1]) : "")
  }
}
