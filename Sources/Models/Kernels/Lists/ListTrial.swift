import LinearAlgebra
import Ratings

/// How good lists are that find ratings which were held out, for choosing settings of a list model on its own training data.
///
/// Of a sample of users a part of their ratings is held out. The sample is small enough for several fits to cost less than
/// the one that counts.
struct ListTrial: Sendable {
  static let mostUsers = 3_000
  static let mostJudged = 3_000
  private static let fraction = 0.2
  private static let listLength = 10
  /// Standard errors by which others must be better than the first.
  private static let doubt = 0.5
  private static let discounts = (0..<listLength).map { 1 / (logarithm(Double($0 + 2)) / logarithm(2)) }

  /// What a model may learn from: the sampled users' ratings that were not held out.
  let training: TrainingSet
  /// The part of all users that the sample is.
  let share: Double
  /// Users with ratings that were held out, and their movies.
  private let judged: [(user: Int, wanted: Set<Int32>)]

  /// Which part of the ratings the sample is, where they are many.
  enum Sample {
    /// All ratings of as many users as have `mostRatings` together: sparse ratings stay as they are, and of dense ones each film
    /// has fewer than in the whole.
    case ratings
    /// The same where that is everything; else of up to `mostUsers` users the ratings of the best known films: what films have in
    /// common is as dense as in the whole.
    case knownFilms

    static let mostUsers = 20_000
    static let mostRatings = 750_000
    static let mostFilms = 3_000
  }

  /// - Complexity: O(ratings).
  init(_ whole: TrainingSet, sample kind: Sample, seed: UInt64) {
    let rated = (0..<whole.userCount).filter { whole.byUser.count(ofRow: $0) > 0 }
    let key = { (user: Int) in CounterRandom.mix(seed &+ 0x5e77 ^ UInt64(user)) }
    let drawn = rated.map { (user: $0, key: key($0)) }.sorted { ($0.key, $0.user) < ($1.key, $1.user) }.map(\.user)
    var ratingCount = 0
    let ofFewRatings = drawn.prefix {
      ratingCount += whole.byUser.count(ofRow: $0)
      return ratingCount <= Sample.mostRatings
    }
    let isDense = kind == .knownFilms && rated.count > max(Self.mostUsers, ofFewRatings.count)
    let sample = drawn.prefix(isDense ? Sample.mostUsers : max(Self.mostUsers, ofFewRatings.count)).sorted()
    let isKept = isDense ? Self.isKnown(whole, most: Sample.mostFilms) : nil
    share = Double(sample.count) / Double(max(1, rated.count))
    var ratings = RatingTable()
    for user in sample {
      for position in whole.byUser.range(ofRow: user) where isKept?[Int(whole.byUser.columns[position])] ?? true {
        ratings.append(
          user: Int32(user), movie: whole.byUser.columns[position], value: whole.byUser.values[position],
          time: whole.times[position])
      }
    }
    let split = Dataset(users: whole.users, movies: whole.movies, ratings: ratings, scale: whole.scale)
      .holdoutPerUser(fraction: Self.fraction, seed: seed)
    training = whole.replacingRatings(split.training)
    let wanted = Dictionary(grouping: 0..<split.test.count) { Int(split.test.users[$0]) }
      .mapValues { rows in Set(rows.map { split.test.movies[$0] }) }
    judged = wanted.keys.sorted { (key($0), $0) < (key($1), $1) }.prefix(Self.mostJudged).sorted()
      .map { (user: $0, wanted: wanted[$0] ?? []) }
  }

  /// For each movie whether it is among the most rated ones, of equally rated ones the first.
  private static func isKnown(_ training: TrainingSet, most: Int) -> [Bool] {
    let counts = (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }
    var isKnown = counts.map { _ in false }
    for movie in counts.indices.sorted(by: { (counts[$1], $0) < (counts[$0], $1) }).prefix(most) {
      isKnown[movie] = true
    }
    return isKnown
  }

  var isEmpty: Bool { judged.count < 10 }

  /// nDCG@10 of each judged user's list.
  func gains(of model: some Recommender, threads: ThreadCount) -> [Double] {
    let lists = TopMovies(count: Self.listLength).lists(by: model, userCount: judged.count, threads: threads) { index in
      let user = judged[index].user
      return model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
    }
    return zip(lists, judged).map { list, judged in
      let found = zip(list, Self.discounts).reduce(0.0) { judged.wanted.contains($1.0.movie) ? $0 + $1.1 : $0 }
      return found / Self.discounts.prefix(judged.wanted.count).reduce(0, +)
    }
  }

  /// The first of `candidates`, or the one whose lists are the best if they are better by more than a part of the standard error
  /// of the difference: of many settings the best on few users is often the luckiest.
  ///
  /// - Parameter fit: fits a model with these settings to `training`.
  func best<Settings>(
    of candidates: [Settings], threads: ThreadCount, fit: (Settings) throws -> any Recommender
  ) rethrows -> Settings {
    guard candidates.count > 1, !isEmpty else { return candidates[0] }
    return try better(
      than: measured(candidates[0], threads: threads, fit: fit), among: Array(candidates.dropFirst()), threads: threads,
      fit: fit
    ).settings
  }

  /// Settings, and how good the lists are that they make.
  struct Measured<Settings> {
    let settings: Settings
    fileprivate let gains: [Double]
  }

  func measured<Settings>(
    _ settings: Settings, threads: ThreadCount, fit: (Settings) throws -> any Recommender
  ) rethrows -> Measured<Settings> {
    Measured(settings: settings, gains: gains(of: try fit(settings), threads: threads))
  }

  /// `first`, or the best of `others` if it is better by more than a part of the standard error of the difference.
  func better<Settings>(
    than first: Measured<Settings>, among others: [Settings], threads: ThreadCount,
    fit: (Settings) throws -> any Recommender
  ) rethrows -> Measured<Settings> {
    var best = (measured: first, gain: 0.0)
    for settings in others {
      let other = try measured(settings, threads: threads, fit: fit)
      let differences = zip(other.gains, first.gains).map { $0 - $1 }
      let count = Double(differences.count)
      let mean = differences.reduce(0, +) / count
      let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
      if mean > max(best.gain, Self.doubt * (variance / count).squareRoot()) { best = (other, mean) }
    }
    return best.measured
  }
}
