/// A figure of a model as people read it.
enum Figure {
  /// Which of two values is the better one.
  enum Aim {
    case low, high, nearFourFifths, none
  }

  private static let shares: Set<String> = [
    "within-half", "coverage-80", "precision", "recall", "capped-recall", "hit-rate", "coverage", "popular",
  ]

  /// "RMSE" for "rmse", "nDCG at 10" for "ndcg@10".
  static func label(_ name: String) -> String {
    let (head, k) = parts(of: name)
    let label =
      switch head {
      case "rmse", "mae", "mape", "map", "mrr": head.uppercased()
      case "mae-median": "MAE of the median"
      case "within-half": "Within half a star"
      case "log-likelihood": "Log-likelihood"
      case "coverage-80": "80\u{a0}% range holds"
      case "interval-width": "Width of the range"
      case "ndcg": "nDCG"
      case "popular": "Popular films"
      default: head.prefix(1).uppercased() + head.dropFirst().replacing("-", with: " ")
      }
    return k.isEmpty ? label : "\(label) at \(k)"
  }

  /// "0.8712", "31.4 %".
  static func text(_ name: String, _ value: Double) -> String {
    let head = parts(of: name).head
    if shares.contains(head) { return Numerals.decimal(value * 100, places: 1) + "\u{a0}%" }
    return Numerals.short(value, places: head == "mape" ? 1 : 4)
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
