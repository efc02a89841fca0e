public import LinearAlgebra
public import Ratings

/// Makes lists: the best movies for each of many users, movies they rated left out unless asked for.
public struct TopMovies: Sendable {
  /// How many movies a list has at most.
  public var count: Int
  /// Whether movies that the user rated may be on the list.
  public var includesSeen: Bool
  /// Puts lists in another order; nil leaves them as the model has them.
  public var discovery: ListDiscovery?
  /// Whether fewer profiles than `batch` are scored by a product for as many, so that a list's bits do not depend on how many
  /// there were: for small products BLAS has other kernels.
  package var fillsBatches = false
  /// Films under several ids: a list shows each once, and one of them seen is all of them seen.
  public var twins: Twins

  /// Profiles that are scored in one batch: large enough for BLAS, small enough for the cache.
  public static let batch = 64

  /// Lists of at most `count` movies, 1 or more.
  public init(
    count: Int, includesSeen: Bool = false, discovery: ListDiscovery? = nil, twins: Twins = .none
  ) {
    self.count = count
    self.includesSeen = includesSeen
    self.discovery = discovery
    self.twins = twins
  }

  /// The lists of `userCount` users, whose profiles `profile` gives, best movie first.
  ///
  /// Of equal scores the movie with the lower index comes first.
  /// - Complexity: what `model.score` takes, and O(users x (movies + count log count)); memory for `batch` users a
  ///   thread, never users x movies.
  public func lists(
    by model: some Recommender, userCount: Int, threads: ThreadCount, profile: @Sendable (Int) -> UserProfile
  ) -> [[ScoredMovie]] {
    let batches = (userCount + Self.batch - 1) / Self.batch
    return threads.map(batches) { batch in
      let users = batch * Self.batch..<min(userCount, (batch + 1) * Self.batch)
      return lists(by: model, for: users.map(profile))
    }.flatMap { $0 }
  }

  /// The lists of `profiles`, best movie first.
  public func lists(by model: some Recommender, for profiles: [UserProfile]) -> [[ScoredMovie]] {
    guard let discovery else { return rankings(by: model, for: profiles) }
    var candidates = TopMovies(
      count: ListDiscovery.candidateCount(for: count), includesSeen: includesSeen, twins: twins)
    candidates.fillsBatches = fillsBatches
    return zip(candidates.rankings(by: model, for: profiles), profiles).map { candidates, profile in
      discovery.list(of: candidates, count: count, ratings: profile.ratings)
    }
  }

  private func rankings(by model: some Recommender, for profiles: [UserProfile]) -> [[ScoredMovie]] {
    let movieCount = model.movieCount
    guard movieCount > 0 else { return profiles.map { _ in [] } }
    if let model = model as? any HasProductForm { return lists(by: model.productForm, for: profiles) }
    var best = TopK(searchedCount)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: profiles.count * movieCount) { scores in
      scores.initialize(repeating: 0)
      model.score(profiles, into: scores)
      return profiles.indices.map { index in
        let row = UnsafeMutableBufferPointer(rebasing: scores[index * movieCount..<(index + 1) * movieCount])
        for movie in leftOut(of: profiles[index]) { row[Int(movie)] = -.infinity }
        best.offer(UnsafeBufferPointer(row))
        return list(of: best.take())
      }
    }
  }

  /// The number of candidates, so that enough are left when each film is listed once.
  var searchedCount: Int { count + min(count, twins.surplus) }

  /// The movies that are not on a user's list, rising.
  public func leftOut(of profile: UserProfile) -> [Int32] {
    if includesSeen { return [] }
    let seen = profile.ratings.map(\.movie)
    return twins.isEmpty ? seen : Set(seen.flatMap { twins.all($0) }).sorted()
  }

  /// The list that the best movies make.
  func list(of best: [TopK.Entry]) -> [ScoredMovie] {
    Array(twins.once(best) { $0.index }.prefix(count)).map { ScoredMovie(movie: $0.index, score: $0.score) }
  }
}
