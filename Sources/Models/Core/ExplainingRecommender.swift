/// A model whose scores depend on the user's ratings one by one, so that it can explain a movie by them.
public protocol ExplainingRecommender: Recommender {
  /// The ratings of the profile with the largest contributions to the score of `movie`, strongest first. Empty
  /// for a profile without any.
  func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie]

  /// `reasons(for:profile:count:)` for each of `movies`, in their order: the same bits, and faster if the model works with
  /// several movies at once.
  func reasons(forEach movies: [Int], profile: UserProfile, count: Int) -> [[ScoredMovie]]

  /// All reasons for each of `movies`, in no particular order.
  func contributions(toEach movies: [Int], profile: UserProfile) -> [[ScoredMovie]]
}

extension ExplainingRecommender {
  public func reasons(forEach movies: [Int], profile: UserProfile, count: Int) -> [[ScoredMovie]] {
    movies.map { reasons(for: $0, profile: profile, count: count) }
  }

  public func contributions(toEach movies: [Int], profile: UserProfile) -> [[ScoredMovie]] {
    reasons(forEach: movies, profile: profile, count: profile.ratings.count)
  }
}
