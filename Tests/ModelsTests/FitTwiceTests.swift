import LinearAlgebra
import Models
import Ratings
import Testing

/// A build fits each model to a part, to be measured on the rest, and to everything, to be used.
@Suite struct FitTwiceTests {
  private static let names = ["biases", "als", "bayesian", "blend"]

  /// Two tastes with noise; a tenth of the ratings is not in the part.
  private static let whole: TrainingSet = {
    var random = CounterRandom(seed: 12)
    return TrainingSet(
      rows: (0..<90).map { user in
        (0..<60).map { movie in
          guard random.uniform() < 0.4 else { return nil }
          let taste = user % 3 == movie % 3 ? 4.2 : 2.6
          return Float(max(1, min(5, (taste + random.normalPair().0 * 0.9).rounded())))
        }
      })
  }()
  private static let part = whole.holdout(fraction: 0.1, seed: 1).training

  private static func fit(
    _ name: String, whole: TrainingSet, others: [String: HoldoutAndFullFit] = [:], threads: Int = 2
  ) throws -> HoldoutAndFullFit {
    let type = try ModelCatalogue.model(named: name)
    return try type.fittedHoldoutAndFull(
      part: part, whole: whole, settings: ModelSettings(type.descriptor),
      context: FitContext(seed: 1, threads: ThreadCount(threads)), others: others)
  }

  private static func scores(_ model: any Recommender, user: Int) -> [Float] {
    model.scores(model.profile(ofUser: user, ratings: part.ratings(ofUser: user)))
  }

  @Test func `the part and its holdout are all ratings`() {
    let missing = Self.part.missing(from: Self.whole)
    #expect(missing.count == Self.whole.ratingCount - Self.part.ratingCount && missing.count > 100)
    for row in 0..<missing.count {
      #expect(!Self.part.ratings(ofUser: Int(missing.users[row])).contains { $0.movie == missing.movies[row] })
    }
  }

  /// For a blend too: the weights that a user is measured with are those that others' held-out ratings taught.
  @Test(arguments: names)
  func `the model of the part says the same of a user whatever their held-out ratings are`(name: String) throws {
    let missing = Self.part.missing(from: Self.whole)
    // Three stars turned round are three stars.
    let user = try #require((0..<missing.count).first { missing.values[$0] != 3 }.map { missing.users[$0] })
    let all = Self.whole.table
    let seen = Set(Self.part.ratings(ofUser: Int(user)).map(\.movie))
    let values = (0..<all.count).map { row in
      all.users[row] == user && !seen.contains(all.movies[row]) ? 6 - all.values[row] : all.values[row]
    }
    let table = RatingTable(users: all.users, movies: all.movies, values: values, times: all.times)
    let first = try Self.fit(name, whole: Self.whole)
    let second = try Self.fit(name, whole: Self.whole.replacingRatings(table))
    #expect(Self.scores(first.part, user: Int(user)) == Self.scores(second.part, user: Int(user)))
    #expect(Self.scores(first.whole, user: Int(user)) != Self.scores(second.whole, user: Int(user)))
  }

  @Test func `a list blend measures a user with weights that their held-out ratings had no part in`() throws {
    let missing = Self.part.missing(from: Self.whole)
    let user = try #require(missing.users.first)
    let kept = (0..<Self.whole.table.count).filter { row in
      let (other, movie) = (Self.whole.table.users[row], Self.whole.table.movies[row])
      return other != user || Self.part.ratings(ofUser: Int(user)).contains { $0.movie == movie }
    }
    #expect(kept.count < Self.whole.ratingCount)
    let first = try Self.fit("list-blend", whole: Self.whole)
    let second = try Self.fit(
      "list-blend", whole: Self.whole.replacingRatings(Self.whole.table.selecting(kept)))
    #expect(Self.scores(first.part, user: Int(user)) == Self.scores(second.part, user: Int(user)))
    #expect(Self.scores(first.whole, user: Int(user)) != Self.scores(second.whole, user: Int(user)))
  }

  @Test func `a blend takes the models over that were fitted before it`() throws {
    let types = try ["als", "item-neighbours", "bayesian"].map { try ModelCatalogue.model(named: $0) }
    var others: [String: HoldoutAndFullFit] = [:]
    for type in types { others[type.descriptor.name] = try Self.fit(type.descriptor.name, whole: Self.whole) }
    let sharing = try Self.fit("blend", whole: Self.whole, others: others)
    let alone = try Self.fit("blend", whole: Self.whole)
    #expect(sharing.whole.savedBytes == alone.whole.savedBytes, "the same members, fitted once or twice")
  }

  @Test func `a list blend reuses only models fitted with its own settings`() throws {
    let types = try ["ease", "ials"].map { try ModelCatalogue.model(named: $0) }
    var others: [String: HoldoutAndFullFit] = [:]
    for type in types {
      others[type.descriptor.name] = try Self.fit(type.descriptor.name, whole: Self.whole)
      others[type.descriptor.name]?.settings = try ModelSettings(type.descriptor)
    }
    let alone = try Self.fit("list-blend", whole: Self.whole)
    let sharing = try Self.fit("list-blend", whole: Self.whole, others: others)
    #expect(sharing.whole.savedBytes == alone.whole.savedBytes && sharing.part.savedBytes == alone.part.savedBytes)
    // Other models under their names, but fitted otherwise: they are left alone.
    let swapped = ["ease": others["ials"], "ials": others["ease"]].compactMapValues { $0 }
    #expect(try Self.fit("list-blend", whole: Self.whole, others: swapped).whole.savedBytes == alone.whole.savedBytes)
  }

  @Test(arguments: ["als", "bayesian", "blend"])
  func `a chain that goes on ends where one of its own would`(name: String) throws {
    let missing = Self.part.missing(from: Self.whole)
    let twice = try Self.fit(name, whole: Self.whole)
    let once = try fitted(name, to: Self.part)
    let errors = [twice.part, once].map { StackedModelsTests.errors($0, training: Self.part, hidden: missing).model }
    #expect(abs(errors[0] - errors[1]) < 0.02, "\(errors)")
    // The model of everything has seen the rest.
    #expect(StackedModelsTests.errors(twice.whole, training: Self.whole, hidden: missing).model < errors[0])
  }

  @Test(arguments: ["als", "bayesian", "blend", "list-blend"])
  func `fits in pairs are the same for any number of threads`(name: String) throws {
    let one = try Self.fit(name, whole: Self.whole, threads: 1)
    let two = try Self.fit(name, whole: Self.whole, threads: 2)
    #expect(one.part.savedBytes == two.part.savedBytes && one.whole.savedBytes == two.whole.savedBytes)
  }

  @Test(arguments: ["ials", "als"])
  func `with many ratings the second fit is warm-started, and converges to the same result`(name: String) throws {
    let type = try ModelCatalogue.model(named: name)
    func fit(threads: Int) throws -> HoldoutAndFullFit {
      var context = FitContext(seed: 1, threads: ThreadCount(threads))
      context.manyRatings = 0
      return try type.fittedHoldoutAndFull(
        part: Self.part, whole: Self.whole, settings: ModelSettings(type.descriptor), context: context)
    }
    let (cold, warm) = (try Self.fit(name, whole: Self.whole), try fit(threads: 2))
    #expect(warm.part.savedBytes != cold.part.savedBytes && warm.whole.savedBytes != cold.whole.savedBytes)
    #expect(try fit(threads: 1).whole.savedBytes == warm.whole.savedBytes)
    for (first, second) in [(warm.part, cold.part), (warm.whole, cold.whole)] {
      var (squares, differences) = (0.0, 0.0)
      for user in 0..<Self.whole.userCount {
        let (own, other) = (Self.scores(first, user: user), Self.scores(second, user: user))
        let mean = Double(other.reduce(0, +)) / Double(other.count)
        for (first, second) in zip(own, other) {
          differences += Double((first - second) * (first - second))
          squares += (Double(second) - mean) * (Double(second) - mean)
        }
      }
      #expect(differences < 0.05 * squares, "\(differences / squares)")
    }
  }
}
