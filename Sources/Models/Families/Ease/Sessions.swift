import Ratings

/// Sessions: movies that a user rates in quick succession are more related than their other movies.
///
/// Two likes of a user d seconds apart count 1 + w / (1 + d / τ) instead of 1, with w the `session-weight` and τ the
/// `session-minutes`. That kernel is convex and falls to 0, so it is positive definite (Pólya), and so is the Gram matrix
/// with it.
struct Sessions: Sendable {
  /// Seconds since 1970 in the order of the likes by user; 0 where unknown.
  let times: [UInt32]
  /// w.
  let weight: Float
  /// 1 / τ, per second.
  let rate: Float

  /// The most movies for which the movie form is used because of sessions, although the user form is smaller.
  static let mostMovies = 4_000

  /// Nil where nothing is dated, or the settings give sessions no weight.
  init?(of likes: SparseRows, in training: TrainingSet, settings: ModelSettings) {
    guard settings["session-weight"] > 0, training.times.contains(where: { $0 > 0 }) else { return nil }
    weight = Float(settings["session-weight"])
    rate = 1 / (60 * Float(settings["session-minutes"]))
    var times: [UInt32] = []
    times.reserveCapacity(likes.entryCount)
    for user in 0..<likes.rowCount {
      var position = training.byUser.offsets[user]
      for like in likes.range(ofRow: user) {
        while training.byUser.columns[position] < likes.columns[like] { position += 1 }
        times.append(training.times[position])
      }
    }
    self.times = times
  }

  /// The same, with so many likes behind that have no date.
  func undated(_ count: Int) -> Sessions {
    Sessions(times: times + [UInt32](repeating: 0, count: count), weight: weight, rate: rate)
  }

  private init(times: [UInt32], weight: Float, rate: Float) {
    (self.times, self.weight, self.rate) = (times, weight, rate)
  }

  /// w / (1 + d / τ) of two likes at those times; 0 where one is unknown.
  @inline(__always)
  func bonus(_ a: UInt32, _ b: UInt32) -> Float {
    a == 0 || b == 0 ? 0 : weight / (1 + Float(a > b ? a - b : b - a) * rate)
  }

  /// For each movie what the bonus of its likes with themselves adds to Σ s_u².
  func ownBonuses(_ byUser: SparseRows) -> [Double] {
    var bonuses = [Double](repeating: 0, count: byUser.columnCount)
    for (like, movie) in byUser.columns.enumerated() {
      bonuses[Int(movie)] += Double(byUser.values[like] * byUser.values[like] * bonus(times[like], times[like]))
    }
    return bonuses
  }

  static let defaultWeight = 3.0

  static let settings = [
    ModelSetting(
      "session-weight", default: defaultWeight, in: 0...100, role: .sessions,
      "additional weight of two movies that a user rated at the same time; 0 ignores timestamps"),
    ModelSetting(
      "session-minutes", default: 5, in: 0.01...100_000,
      "the time between two ratings at which half of that weight remains"),
  ]
}
