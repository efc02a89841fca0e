import Models

/// How much time a build gives to its models.
public enum Quality: String, CaseIterable, Sendable {
  /// The fast models, for a rebuild while one waits.
  case quick
  /// The most accurate ones.
  case best

  /// The model that makes a list where nobody names one: EASE as long as its matrix fits, iALS beyond.
  static func firstListModel(userCount: Int, movieCount: Int) -> String {
    EaseModel.suits(userCount: userCount, movieCount: movieCount) ? "ease" : "ials"
  }

  /// The models that are trained where the settings name none.
  var models: [String] {
    switch self {
    case .quick: ["biases", "als", "popularity", "ease"]
    case .best:
      ["biases", "item-neighbours", "als", "bayesian", "blend", "list-blend", "ease", "popularity"]
    }
  }

  /// Settings in the place of the models' defaults: what halves the time for less than a hundredth of a star.
  var settings: [String: [String: Double]] {
    switch self {
    case .quick: ["als": ["factors": 14, "sweeps": 10]]
    case .best: [:]
    }
  }
}
