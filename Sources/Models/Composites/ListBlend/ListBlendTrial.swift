import LinearAlgebra
import Ratings

/// The members' normalized scores of candidate movies, for users with held-out ratings: the data for
/// choosing the weights of a blend.
struct ListBlendTrial: Sendable {
  /// The length of the judged lists: longer than a page's, as much of what a user would like on top is in
  /// neither part.
  static let listLength = 20
  /// How many of each member's best movies are candidates.
  static let candidatesPerMember = 80

  struct User: Sendable {
    let user: Int
    /// Candidates x members.
    var scores: [Float]
    /// For each candidate whether it was held out.
    var isHit: [Bool]
    /// 1 / the gain of a perfect list.
    var inverseIdeal: Double
  }

  let memberCount: Int
  private(set) var users: [User]

  /// The trial of only the users selected by `isUsed`.
  func keeping(_ isUsed: (Int) -> Bool) -> ListBlendTrial {
    var result = self
    result.users = users.filter { isUsed($0.user) }
    return result
  }

  init(models: [any Recommender], training: TrainingSet, test: RatingTable, userLimit: Int, context: FitContext) {
    let heldOut = Dictionary(grouping: 0..<test.count) { test.users[$0] }.mapValues { rows in
      Set(rows.map { test.movies[$0] })
    }
    let key = { (user: Int32) in CounterRandom.mix(context.seed ^ UInt64(user)) }
    let chosen = heldOut.keys.sorted { (key($0), $0) < (key($1), $1) }.prefix(userLimit).sorted()
    memberCount = models.count
    users = context.threads.map(chosen.count, blockSize: 4) { index in
      let user = chosen[index]
      return Self.user(
        Int(user), heldOut: heldOut[user] ?? [], models: models, ratings: training.ratings(ofUser: Int(user)))
    }
  }

  private static func user(
    _ user: Int, heldOut: Set<Int32>, models: [any Recommender], ratings: [MovieRating]
  ) -> User {
    var normalized: [[Float]] = []
    var candidates = Set<Int32>()
    for model in models {
      var scores = model.allScores(model.profile(ofUser: user, ratings: ratings))
      let norm = ScoreNorm(of: scores, rated: ratings)
      for movie in scores.indices { scores[movie] = norm.normalized(scores[movie]) }
      normalized.append(scores)
      for rating in ratings { scores[Int(rating.movie)] = -.infinity }
      var best = TopK(candidatesPerMember)
      for movie in scores.indices where scores[movie] > best.threshold { best.offer(Int32(movie), scores[movie]) }
      candidates.formUnion(best.take().map(\.index))
    }
    let movies = candidates.sorted()
    return User(
      user: user, scores: movies.flatMap { movie in normalized.map { $0[Int(movie)] } },
      isHit: movies.map(heldOut.contains),
      inverseIdeal: 1 / discounts.prefix(heldOut.count).reduce(0, +))
  }

  private static let discounts = (0..<listLength).map { 1 / (logarithm(Double($0 + 2)) / logarithm(2)) }

  /// The nDCG of each user's list by the weighted sums of the members' scores.
  private func gains(of weights: [Float], threads: ThreadCount) -> [Double] {
    threads.map(users.count, blockSize: 32) { index in
      let user = users[index]
      var best = TopK(Self.listLength)
      for candidate in user.isHit.indices {
        var score: Float = 0
        for member in 0..<memberCount { score += weights[member] * user.scores[candidate * memberCount + member] }
        if score > best.threshold { best.offer(Int32(candidate), score) }
      }
      return zip(best.take(), Self.discounts).reduce(0.0) { user.isHit[Int($1.0.index)] ? $0 + $1.1 : $0 }
        * user.inverseIdeal
    }
  }

  /// Weights, summing to 1, found by moving one at a time by smaller and smaller steps, from `start`.
  ///
  /// A step is taken if the users' gain is more than its standard error: so few ratings are held out that the
  /// best of many weights is mostly noise.
  ///
  /// - Complexity: O(members² x users x candidates).
  func bestWeights(from start: [Float], threads: ThreadCount) -> [Float] {
    var weights = start
    guard !users.isEmpty else { return weights }
    var best = gains(of: weights, threads: threads)
    for step in [0.2, 0.1, 0.05] as [Float] {
      for _ in 0..<3 {
        var hasMoved = false
        for member in 0..<memberCount {
          for change in [step, -step] {
            var trial = weights
            trial[member] = max(0, trial[member] + change)
            let sum = trial.reduce(0, +)
            guard sum > 0, trial[member] != weights[member] else { continue }
            trial = trial.map { $0 / sum }
            let gains = gains(of: trial, threads: threads)
            if Self.isBetter(gains, than: best) {
              best = gains
              weights = trial
              hasMoved = true
            }
          }
        }
        if !hasMoved { break }
      }
    }
    return weights
  }

  /// Whether the mean difference is more than its standard error, and more than rounding.
  private static func isBetter(_ gains: [Double], than others: [Double]) -> Bool {
    let differences = zip(gains, others).map { $0 - $1 }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    return mean > max(1e-5, (variance / count).squareRoot())
  }
}
