import Ratings

/// What EASE minimizes: Σ_u s_u² |x_u − x_u B|² + Σ_j c_j² |b_j|², users and movies weighed by how much is known of them.
///
/// s_u = (n_u / n)^(−`user-scaling`) for a user of n_u likes, n their geometric mean: who has seen everything says little
/// about what goes together. c_j² = λ + `popularity-regularization` · Σ_{u likes j} s_u², which is dropout of the input with
/// the chance p where the setting is p / (1 − p) (Steck 2020).
///
/// Each genre and each decade stands below the users as one more who likes all of its movies, with the weight `feature-weight`
/// for s_u: what is known of movies besides their ratings tells which go together where ratings are few (Jeunen et al. 2020).
///
/// With `sessions`, X'S²X counts two movies of a user more that were rated near each other in time.
struct WeightedLikes: Sendable {
  /// Users, then genres and decades, x movies; the values of a row are s_u.
  let byUser: SparseRows
  /// The transpose of `byUser`.
  let byMovie: SparseRows
  /// How many users like each movie.
  let counts: [Int]
  /// c_j² for each movie.
  let ridges: [Float]
  /// Nil where they do not count.
  let sessions: Sessions?

  /// - Parameters:
  ///   - sessions: those of `likes`.
  ///   - features: of each movie.
  init(_ likes: SparseRows, sessions: Sessions?, features: MovieFeatures, settings: ModelSettings) {
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
    let users = SparseRows(
      offsets: likes.offsets, columns: likes.columns, values: values, columnCount: likes.columnCount)
    let bonuses = sessions?.ownBonuses(users) ?? []
    let likedBy = users.transposed()
    let likeCounts = (0..<likedBy.rowCount).map { likedBy.count(ofRow: $0) }
    self.counts = likeCounts
    let lambda = settings["lambda"]
    let share = settings["popularity-regularization"]
    ridges = (0..<likedBy.rowCount).map { movie in
      let squares = likedBy.range(ofRow: movie).reduce(0.0) {
        $0 + Double(likedBy.values[$1]) * Double(likedBy.values[$1])
      }
      return Float(lambda + share * (squares + (bonuses.isEmpty ? 0 : bonuses[movie])))
    }
    let weight = Float(settings["feature-weight"])
    guard weight > 0, features.byMovie.columnCount > 0 else {
      (byUser, byMovie, self.sessions) = (users, likedBy, sessions)
      return
    }
    let rows = features.byMovie.transposed()
    var (offsets, columns) = (users.offsets, users.columns)
    for feature in 0..<rows.rowCount {
      // A movie that nobody likes stays one of which nothing is known.
      columns += rows.range(ofRow: feature).lazy.map { rows.columns[$0] }.filter { likeCounts[Int($0)] > 0 }
      offsets.append(columns.count)
    }
    let added = columns.count - users.entryCount
    byUser = SparseRows(
      offsets: offsets, columns: columns, values: users.values + [Float](repeating: weight, count: added),
      columnCount: users.columnCount)
    byMovie = byUser.transposed()
    self.sessions = sessions?.undated(added)
  }

  static let settings =
    [
      ModelSetting(
        "lambda", default: 200, in: 1...100_000, isChosen: true,
        "L2 regularization (λ)"),
      ModelSetting(
        "popularity-regularization", default: 3, in: 0...1000, isChosen: true,
        "additional regularization in proportion to a movie's likes: p / (1 − p) for dropout with probability p"),
      ModelSetting(
        "user-scaling", default: 0.25, in: 0...1, isChosen: true,
        "how much less users with many ratings count: 0 for equal weights"),
      ModelSetting(
        "feature-weight", default: 2, in: 0...100, isChosen: true,
        "weight of genres and decades, as users of average size who like all of their movies; 0 to ignore them"),
    ] + Sessions.settings
}
