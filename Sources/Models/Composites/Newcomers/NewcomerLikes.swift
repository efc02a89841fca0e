import Ratings

/// The likes, with films numbered as in browsers: the training data for lists of new users.
///
/// Users weigh s_u = (n_u / n)^(−σ) for n_u likes, n their geometric mean, and each genre and each decade is added as
/// one more user who likes all of its films, as in `WeightedLikes`. Of many users a sample is enough for a model of this size.
struct NewcomerLikes: Sendable {
  /// Users x films.
  let byUser: SparseRows
  /// Users, then genres and decades, x films; the values of a row are s_u.
  let weighted: SparseRows
  /// The transpose of `weighted`.
  let byFilm: SparseRows
  /// Σ s_u² over the users who like a film.
  let squares: [Float]

  var filmCount: Int { byUser.columnCount }

  static let mostUsers = 20_000
  static let mostLikes = 2_500_000
  private static let featureWeight: Float = 2

  /// - Parameters:
  ///   - films: the index of each film's movie.
  ///   - userScaling: σ.
  ///   - isLeftOut: users to leave out.
  init(
    _ training: TrainingSet, films: [Int32], signal: ListSignal, userScaling: Double, seed: UInt64,
    isLeftOut: (Int) -> Bool = { _ in false }
  ) {
    var places = [Int32](repeating: -1, count: training.movieCount)
    for (place, movie) in films.enumerated() { places[Int(movie)] = Int32(place) }
    let likes = signal.likes(in: training)
    let users = Self.sample(of: likes, seed: seed, isLeftOut: isLeftOut)
    var (offsets, columns) = ([0], [Int32]())
    for user in users {
      columns += likes.range(ofRow: user).lazy.map { places[Int(likes.columns[$0])] }.filter { $0 >= 0 }.sorted()
      offsets.append(columns.count)
    }
    let byUser = SparseRows(
      offsets: offsets, columns: columns, values: [Float](repeating: 1, count: columns.count),
      columnCount: films.count)
    self.byUser = byUser
    let scales = Self.scales(of: byUser, userScaling)
    var squares = [Float](repeating: 0, count: films.count)
    var values: [Float] = []
    for user in 0..<byUser.rowCount {
      for position in byUser.range(ofRow: user) {
        squares[Int(byUser.columns[position])] += scales[user] * scales[user]
        values.append(scales[user])
      }
    }
    let features = MovieFeatures(training, includesTags: false).byMovie.transposed()
    for feature in 0..<features.rowCount {
      let own = features.range(ofRow: feature).lazy.map { places[Int(features.columns[$0])] }
        .filter { $0 >= 0 && squares[Int($0)] > 0 }.sorted()
      columns += own
      values += repeatElement(Self.featureWeight, count: own.count)
      offsets.append(columns.count)
    }
    self.squares = squares
    weighted = SparseRows(offsets: offsets, columns: columns, values: values, columnCount: films.count)
    byFilm = weighted.transposed()
  }

  /// Users with likes, ascending: all, or a sample by a hash of seed and index.
  private static func sample(of likes: SparseRows, seed: UInt64, isLeftOut: (Int) -> Bool) -> [Int] {
    let key = { (user: Int) in CounterRandom.mix(seed ^ UInt64(user)) }
    let users = (0..<likes.rowCount).filter { likes.count(ofRow: $0) > 0 && !isLeftOut($0) }
    guard users.count > mostUsers || likes.entryCount > mostLikes else { return users }
    var count = 0
    return users.map { (user: $0, key: key($0)) }.sorted { ($0.key, $0.user) < ($1.key, $1.user) }.prefix(mostUsers)
      .prefix { user, _ in
        count += likes.count(ofRow: user)
        return count <= mostLikes
      }.map(\.user).sorted()
  }

  private static func scales(of byUser: SparseRows, _ userScaling: Double) -> [Float] {
    let counts = (0..<byUser.rowCount).map { byUser.count(ofRow: $0) }
    let known = counts.filter { $0 > 0 }
    let mean = known.reduce(0.0) { $0 + logarithm(Double($1)) } / Double(max(1, known.count))
    return counts.map { $0 > 0 ? Float(exponential(-userScaling * (logarithm(Double($0)) - mean))) : 0 }
  }
}
