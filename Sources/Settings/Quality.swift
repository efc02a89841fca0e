import Models

/// How much time a build gives to its models.
package enum Quality: String, CaseIterable, Sendable {
  /// The fast models, for a rebuild while one waits.
  case quick
  /// The most accurate ones.
  case best

  /// The model that makes a list where nobody names one: EASE as long as its matrix fits, iALS beyond.
  package static func firstListModel(userCount: Int, movieCount: Int) -> String {
    EaseModel.isFeasible(userCount: userCount, movieCount: movieCount) ? "ease" : "ials"
  }

  /// Whether a build makes its lists by EASE by default. A quick one does not where scoring would take
  /// minutes: each rating adds a row of all movies to its user's scores.
  package func suitsEase(userCount: Int, movieCount: Int, ratingCount: Int) -> Bool {
    EaseModel.isFeasible(userCount: userCount, movieCount: movieCount)
      && (self == .best || ratingCount * movieCount <= Self.quickScoring)
  }

  private static let quickScoring = 200_000_000_000

  /// The models that are trained where the settings name none.
  package var models: [String] {
    switch self {
    case .quick: ["biases", "als", "popularity", "ease"]
    case .best:
      ["biases", "item-neighbours", "als", "bayesian", "blend", "list-blend", "ease", "popularity"]
    }
  }

  /// Settings that replace the models' defaults: what halves the time for less than a hundredth of a star, and a third
  /// of the sweeps of lists that hardly move in them.
  package var settings: [String: [String: Double]] {
    switch self {
    case .quick: ["als": ["factors": 14, "sweeps": 10], "ials": ["sweeps": 8]]
    case .best: [:]
    }
  }
}
