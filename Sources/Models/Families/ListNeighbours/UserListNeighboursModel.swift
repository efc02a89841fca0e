public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Lists from what the users with the most similar taste like.
///
/// With a_j the weight of a like of movie *j* and f_v the factor of user *v*'s row (`ListWeighting`), and w_uj what the user's
/// rating says (`ListSignal`),
///
///     s_uv = Σ_{j liked by v} w_uj a_j a_j f_v / |u|         score(u, i) = Σ_{v ∈ N_u, likes i} s_uv
///
/// over the `neighbours` users with the highest positive s_uv. Members and newcomers take the same path: a member is
/// one of the own neighbours, which says nothing of movies that the member has not rated.
public struct UserListNeighboursModel: ExplainingRecommender {
  public static let descriptor = ModelDescriptor(
    name: "user-list-neighbours", family: "neighbours", job: .lists,
    purpose: "Lists from what people with the most similar taste like: explains itself by people.",
    settings: [
      ModelSetting(
        "neighbours", default: 120, in: 1...5000, isWhole: true, "most similar users to use for a list"),
      ListWeighting.setting(.inverseFrequency),
    ] + ModelSetting.listSignal,
    memory: ModelMemory(row: 1_000, rating: 10),
    reference:
      "B. Sarwar, G. Karypis, J. Konstan, J. Riedl: Analysis of recommendation algorithms for e-commerce. EC 2000")
  public static let fileVersion: UInt32 = 1

  let signal: ListSignal
  let neighbourCount: Int
  /// Users x movies: a_j f_v where user *v* likes movie *j*.
  let byUser: SparseRows
  /// The transpose of `byUser`.
  let byMovie: SparseRows
  /// a_j for each movie.
  let movieWeights: [Float]
  /// The cold-start scores: the share of users who like a movie.
  let shares: [Float]

  public var movieCount: Int { shares.count }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile { foldIn(ratings) }

  /// The vector is the nearest users and their similarities: for each two numbers, the first the bits of the index.
  ///
  /// - Complexity: O(users + likes of the rated movies).
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let nearest = nearestUsers(to: signal.weights(of: ratings))
    return UserProfile(
      ratings: ratings, vector: nearest.flatMap { [Float(bitPattern: UInt32(bitPattern: $0.index)), $0.score] })
  }

  /// The users of a profile's vector.
  private func neighbours(of profile: UserProfile) -> [TopK.Entry] {
    stride(from: 0, to: profile.vector.count - 1, by: 2).map {
      TopK.Entry(index: Int32(bitPattern: profile.vector[$0].bitPattern), score: profile.vector[$0 + 1])
    }
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    guard let movie else { return 0 }
    let neighbours = neighbours(of: profile)
    if neighbours.isEmpty { return shares[movie] }
    return neighbours.reduce(0) {
      byUser.position(row: Int($1.index), column: Int32(movie)) == nil ? $0 : $0 + $1.score
    }
  }

  /// - Complexity: O(profiles x movies + likes of the neighbours).
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      let target = UnsafeMutableBufferPointer(rebasing: scores[row * movieCount..<(row + 1) * movieCount])
      let neighbours = neighbours(of: profile)
      guard !neighbours.isEmpty else {
        _ = target.update(fromContentsOf: shares)
        continue
      }
      target.update(repeating: 0)
      byUser.columns.withUnsafeBufferPointer { movies in
        for neighbour in neighbours {
          for position in byUser.range(ofRow: Int(neighbour.index)) {
            target[Int(movies[position])] += neighbour.score
          }
        }
      }
    }
  }

  /// By the cosine of the movies' columns of likes, weighted by user.
  ///
  /// - Complexity: O(likes of the users who like the movie).
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    var products = [Float](repeating: 0, count: movieCount)
    var squares = products
    for position in byMovie.range(ofRow: movie) {
      let user = Int(byMovie.columns[position])
      for entry in byUser.range(ofRow: user) {
        // Without a_j, which would cancel: the columns hold f_v then.
        let inverse = byMovie.values[position] / movieWeights[movie]
        products[Int(byUser.columns[entry])] += inverse * inverse
      }
    }
    var best = TopK(max(0, count))
    for other in 0..<movieCount where other != movie && products[other] > 0 {
      for position in byMovie.range(ofRow: other) {
        let inverse = byMovie.values[position] / movieWeights[other]
        squares[other] += inverse * inverse
      }
      let cosine = products[other] / (products[movie] * squares[other]).squareRoot()
      if cosine > 0 { best.offer(Int32(other), min(1, cosine)) }
    }
    return best.take().map { ScoredMovie(movie: $0.index, score: $0.score) }
  }

  /// w_uj a_j² / |u| times Σ f_v over the neighbours who like both movies: over all rated movies *j* they add up to
  /// the score.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let weights = signal.weights(of: profile.ratings)
    guard !weights.isEmpty else { return [] }
    var sums = [Float](repeating: 0, count: weights.count)
    for neighbour in neighbours(of: profile) {
      let user = Int(neighbour.index)
      guard byUser.position(row: user, column: Int32(movie)) != nil else { continue }
      for (index, weight) in weights.enumerated() {
        if let position = byUser.position(row: user, column: weight.movie) { sums[index] += byUser.values[position] }
      }
    }
    let inverseNorm = inverseNorm(of: weights)
    return zip(weights, sums).compactMap { weight, sum in
      sum == 0
        ? nil
        : ScoredMovie(
          movie: weight.movie, score: weight.score * movieWeights[Int(weight.movie)] * inverseNorm * sum)
    }.strongest(count)
  }

  /// 1 / |u| over the likes.
  private func inverseNorm(of weights: [ScoredMovie]) -> Float {
    let squares = weights.reduce(Float(0)) {
      $1.score > 0 ? $0 + movieWeights[Int($1.movie)] * movieWeights[Int($1.movie)] : $0
    }
    return squares > 0 ? 1 / squares.squareRoot() : 0
  }

  private func nearestUsers(to weights: [ScoredMovie]) -> [TopK.Entry] {
    let inverseNorm = inverseNorm(of: weights)
    guard inverseNorm > 0 else { return [] }
    var similarities = [Float](repeating: 0, count: byUser.rowCount)
    for weight in weights {
      let factor = weight.score * movieWeights[Int(weight.movie)] * inverseNorm
      for position in byMovie.range(ofRow: Int(weight.movie)) {
        similarities[Int(byMovie.columns[position])] += factor * byMovie.values[position]
      }
    }
    var best = TopK(neighbourCount)
    for user in similarities.indices where similarities[user] > 0 { best.offer(Int32(user), similarities[user]) }
    return best.take()
  }

  init(signal: ListSignal, neighbourCount: Int, byUser: SparseRows, movieWeights: [Float]) {
    self.signal = signal
    self.neighbourCount = neighbourCount
    self.byUser = byUser
    let byMovie = byUser.transposed()
    self.byMovie = byMovie
    self.movieWeights = movieWeights
    let share = 1 / Float(max(1, byUser.rowCount))
    shares = (0..<byMovie.rowCount).map { Float(byMovie.count(ofRow: $0)) * share }
  }
}

extension UserListNeighboursModel {
  /// Nothing is learnt but the weights: the users are compared when a list is made.
  ///
  /// - Complexity: O(likes).
  public static func fit(
    _ training: TrainingSet, settings: ModelSettings, context: FitContext
  ) -> UserListNeighboursModel {
    let signal = ListSignal(training, settings: settings)
    let byUser = signal.likes(in: training)
    let weighting = ListWeighting(settings)
    return UserListNeighboursModel(
      signal: signal, neighbourCount: Int(settings["neighbours"]),
      byUser: weighting.weighted(byUser), movieWeights: weighting.columnWeights(of: byUser))
  }

  public func save(to writer: inout BinaryWriter) {
    signal.save(to: &writer)
    writer.write(Int64(neighbourCount))
    writer.write(Int64(byUser.rowCount))
    writer.write(movieWeights)
    writer.write(byUser.offsets.map { Int64($0) })
    writer.write(byUser.columns)
    writer.write(byUser.values)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let signal = try ListSignal(from: &reader)
    let neighbourCount = try reader.readCount(in: 1...5000)
    let userCount = try reader.readCount(in: 0...Int(Int32.max) - 1)
    let movieWeights = try reader.readFiniteArray()
    guard movieWeights.allSatisfy({ $0 > 0 }), userCount <= reader.remaining else { throw .damaged }
    let byUser = try SparseRows(from: &reader, rowCount: userCount, columnCount: movieWeights.count)
    self.init(signal: signal, neighbourCount: neighbourCount, byUser: byUser, movieWeights: movieWeights)
  }
}
