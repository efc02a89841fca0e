import LinearAlgebra
public import Ratings

/// Lists from several list models together: each member's scores are standardized to mean 0 and deviation 1 over the movies
/// that the user has not rated, and added up with weights chosen on a part of the training data.
///
/// score(u, i) = Σ_m w_m (s_m(u, i) − mean_m(u)) / deviation_m(u), with w ≥ 0 and Σ w = 1.
public struct ListBlendModel: ExplainingRecommender, BlendingRecommender {
  public static let descriptor = ModelDescriptor(
    name: "list-blend", family: "blend", job: .lists,
    purpose:
      "Lists from several list models together, weighted by their accuracy on held-out ratings: the most accurate.",
    settings: ListBlendMember.kinds.map {
      ModelSetting($0.type.descriptor.name, default: $0.isDefault ? 1 : 0, in: 0...1, isWhole: true, "1 includes it")
    } + [
      ModelSetting(
        "validation-fraction", default: 0.25, in: 0.05...0.5,
        "share of each user's ratings that is held out to choose the weights"),
      ModelSetting(
        "validation-users", default: 2000, in: 1...1_000_000, isWhole: true,
        "most users whose held-out ratings are used to choose the weights"),
      ModelSetting(
        "session-weight", default: Sessions.defaultWeight, in: 0...100, role: .sessions,
        "the setting of the member “ease”: 0 ignores timestamps"
      ),
    ],
    traits: [.blend], memory: ModelMemory(smallerPair: 8, row: 8_000, rating: 64, mostPaired: EaseModel.largestSide),
    reference: "J. Lee: Analyses of multiple evidence combination. SIGIR 1997 (normalized scores, weighted sum)")
  /// Its members are in its file.
  public static let fileVersion: UInt32 = 2 + ListBlendMember.kinds.reduce(0) { $0 + $1.type.fileVersion }

  package let members: [ListBlendMember]
  /// One for each member, 0 or more, summing to 1: one set of them, or one for each group of users, chosen without that
  /// group's held-out ratings.
  package let weights: [[Float]]
  public let movieCount: Int

  init(members: [ListBlendMember], weights: [[Float]], movieCount: Int) {
    self.members = members
    self.weights = weights
    self.movieCount = movieCount
  }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    profile(
      ratings, members: members.map { $0.model.profile(ofUser: user, ratings: ratings) },
      group: UserGroups.group(ofUser: user, count: weights.count))
  }

  public func withoutUsers() -> ListBlendModel {
    ListBlendModel(
      members: members.map { ListBlendMember(kind: $0.kind, model: $0.model.withoutUsers()) }, weights: weights,
      movieCount: movieCount)
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    profile(ratings, members: members.map { $0.model.foldIn(ratings) }, group: 0)
  }

  /// The vector is the group of users and, for each member, mean, 1 / deviation, length of its vector, and its vector.
  ///
  /// - Complexity: what the members take to score one profile.
  private func profile(_ ratings: [MovieRating], members profiles: [UserProfile], group: Int) -> UserProfile {
    var vector = [Float(group)]
    for (member, profile) in zip(members, profiles) {
      let norm = ScoreNorm(of: member.model.allScores(profile), rated: ratings)
      vector += [norm.mean, norm.inverseDeviation, Float(profile.vector.count)] + profile.vector
    }
    return UserProfile(ratings: ratings, vector: vector)
  }

  /// The members' weights for a user.
  private func weights(of profile: UserProfile) -> [Float] { weights[Int(profile.vector[0])] }

  /// The members' own profiles and norms.
  private func parts(of profile: UserProfile) -> [(norm: ScoreNorm, profile: UserProfile)] {
    var start = 1
    return members.map { _ in
      let vector = profile.vector
      let end = start + 3 + Int(vector[start + 2])
      defer { start = end }
      return (
        ScoreNorm(mean: vector[start], inverseDeviation: vector[start + 1]),
        UserProfile(ratings: profile.ratings, vector: Array(vector[start + 3..<end]))
      )
    }
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    guard let movie else { return 0 }
    let parts = parts(of: profile)
    return zip(members.indices, weights(of: profile)).reduce(0) { sum, next in
      let part = parts[next.0]
      return sum + next.1 * part.norm.normalized(members[next.0].model.predict(part.profile, movie: movie))
    }
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    let parts = profiles.map { self.parts(of: $0) }
    scores.update(repeating: 0)
    guard movieCount > 0 else { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: profiles.count * movieCount) { own in
      own.initialize(repeating: 0)
      for (index, member) in members.enumerated() {
        member.model.score(parts.map { $0[index].profile }, into: own)
        for row in profiles.indices {
          let norm = parts[row][index].norm
          let weight = weights(of: profiles[row])[index]
          for place in row * movieCount..<(row + 1) * movieCount {
            scores[place] += weight * norm.normalized(own[place])
          }
        }
      }
    }
  }

  /// By the weighted mean of the members' similarities; a movie that a member does not list counts as 0.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    var sums: [Int32: Float] = [:]
    for (member, weight) in zip(members, weights[0]) where weight > 0 {
      for similar in member.model.similarMovies(to: movie, count: 2 * min(count, movieCount) + 20) {
        sums[similar.movie, default: 0] += weight * similar.score
      }
    }
    return sums.map { ScoredMovie(movie: $0.key, score: min(1, $0.value)) }.strongest(count)
  }

  /// The members' contributions, weighted and scaled as their scores are: all together they add up to the score less
  /// what depends on the user alone or on the movie alone.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    var sums: [Int32: Float] = [:]
    let parts = parts(of: profile)
    for (index, weight) in weights(of: profile).enumerated() where weight > 0 {
      let part = parts[index]
      guard let model = members[index].model as? any ExplainingRecommender else { continue }
      for reason in model.reasons(for: movie, profile: part.profile, count: profile.ratings.count) {
        sums[reason.movie, default: 0] += weight * part.norm.inverseDeviation * reason.score
      }
    }
    return sums.map { ScoredMovie(movie: $0.key, score: $0.value) }.strongest(count)
  }
}

/// The standardization of one user's scores by one model.
struct ScoreNorm: Sendable {
  let mean: Float
  /// 0 where all scores are equal.
  let inverseDeviation: Float

  init(mean: Float, inverseDeviation: Float) {
    self.mean = mean
    self.inverseDeviation = inverseDeviation
  }

  /// The norm of `scores`, one for each movie, over the movies that are not in `ratings`.
  init(of scores: [Float], rated ratings: [MovieRating]) {
    var sum = scores.reduce(0.0) { $0 + Double($1) }
    for rating in ratings { sum -= Double(scores[Int(rating.movie)]) }
    let count = Double(max(1, scores.count - ratings.count))
    let mean = sum / count
    let square = { (score: Float) in (Double(score) - mean) * (Double(score) - mean) }
    var squares = scores.reduce(0.0) { $0 + square($1) }
    for rating in ratings { squares -= square(scores[Int(rating.movie)]) }
    let deviation = max(0, squares / count).squareRoot()
    let isSpread = ratings.count < scores.count && deviation > 1e-6 * max(abs(mean), 1e-6) && deviation.isFinite
    self.mean = isSpread ? Float(mean) : 0
    inverseDeviation = isSpread ? Float(min(1e6, 1 / deviation)) : 0
  }

  func normalized(_ score: Float) -> Float { (score - mean) * inverseDeviation }
}

extension Recommender {
  /// The scores of all movies for one profile.
  func allScores(_ profile: UserProfile) -> [Float] {
    var scores = [Float](repeating: 0, count: movieCount)
    scores.withUnsafeMutableBufferPointer { score([profile], into: $0) }
    return scores
  }
}
