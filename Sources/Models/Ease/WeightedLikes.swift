import Ratings

/// What EASE minimizes: Σ_u s_u² |x_u − x_u B|² + Σ_j c_j² |b_j|², users and movies weighed by how much is known of them.
///
/// s_u = (n_u / n)^(−`user-scaling`) for a user of n_u likes, n their geometric mean: who has seen everything says little
/// about what goes together. c_j² = λ + `popularity-regularization` · Σ_{u likes j} s_u², which is dropout of the input with
/// the chance p where the setting is p / (1 − p) (Steck 2020).
///
/// With `sessions`, X'S²X counts two movies of a user more that were rated near each other in time.
struct WeightedLikes: Sendable {
  /// Users x movies; the values of a user are s_u.
  let byUser: SparseRows
  /// The transpose of `byUser`.
  let byMovie: SparseRows
  /// c_j² for each movie.
  let ridges: [Float]
  /// Nil where they do not count.
  let sessions: Sessions?

  /// - Parameter sessions: those of `likes`.
  init(_ likes: SparseRows, sessions: Sessions?, settings: ModelSettings) {
    let counts = (0..<likes.rowCount).map { likes.count(ofRow: $0) }
    let known = counts.filter { $0 > 0 }
    let meanLogarithm = known.reduce(0.0) { $0 + logarithm(Double($1)) } / Double(max(1, known.count))
    let exponent = settings["user-scaling"]
    var values: [Float] = []
    values.reserveCapacity(likes.entryCount)
    for count in counts where count > 0 {
      let scale = exponential(-exponent * (logarithm(Double(count)) - meanLogarithm))
      values += repeatElement(Float(scale), count: count)
    }
    byUser = SparseRows(
      offsets: likes.offsets, columns: likes.columns, values: values, columnCount: likes.columnCount)
    let byMovie = byUser.transposed()
    self.byMovie = byMovie
    self.sessions = sessions
    let bonuses = sessions?.ownBonuses(byUser) ?? []
    let lambda = settings["lambda"]
    let share = settings["popularity-regularization"]
    ridges = (0..<byMovie.rowCount).map { movie in
      let squares = byMovie.range(ofRow: movie).reduce(0.0) {
        $0 + Double(byMovie.values[$1]) * Double(byMovie.values[$1])
      }
      return Float(lambda + share * (squares + (bonuses.isEmpty ? 0 : bonuses[movie])))
    }
  }

  static let settings =
    [
      ModelSetting("lambda", default: 200, in: 1...100_000, "regularization: higher trusts only what many users share"),
      ModelSetting(
        "popularity-regularization", default: 3, in: 0...1000,
        "how much a movie's own likes add to its regularization: p / (1 − p) for dropout of a share p"),
      ModelSetting(
        "user-scaling", default: 0.25, in: 0...1,
        "how much less the ratings of users with many ratings count: 0 all alike"),
    ] + Sessions.settings
}
