import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Letting more of the catalogue be found` {
  /// Everybody likes the first films; beside them each likes some of the own kind, which are known to few.
  private static let training: TrainingSet = {
    var table = RatingTable()
    for user in 0..<120 {
      for movie in 0..<90 {
        let isKnown = movie < 15
        let isOwn = movie % 3 == user % 3
        let chance = isKnown ? 60 : isOwn ? 25 : 2
        guard CounterRandom.mix(UInt64(user * 90 + movie)) % 100 < chance else { continue }
        table.append(user: Int32(user), movie: Int32(movie), value: isKnown || isOwn ? 5 : 2, time: 0)
      }
    }
    let kinds = ["Western", "Horror", "Comedy"]
    return TrainingSet(
      table, users: (0..<120).map { User(id: .number(Int64($0))) },
      movies: (0..<90).map { Movie(id: .number(Int64($0)), title: "\($0)", genres: [kinds[$0 % 3]]) },
      scale: .wholeStars)
  }()

  private static func lists(
    _ training: TrainingSet, weights: ListDiscovery.Weights?, threads: Int = 2
  ) throws -> [[ScoredMovie]] {
    let model = try EaseModel.fit(
      training, settings: ModelSettings(EaseModel.descriptor), context: FitContext(threads: ThreadCount(threads)))
    let discovery = weights.map {
      ListDiscovery(model, training: training, weights: $0, seed: 1, threads: ThreadCount(threads))
    }
    return TopMovies(count: 10, discovery: discovery).lists(
      by: model, userCount: training.userCount, threads: ThreadCount(threads)
    ) { model.profile(ofUser: $0, ratings: training.ratings(ofUser: $0)) }
  }

  @Test func `puts no film on as many lists as before, and nobody's seen ones on theirs`() throws {
    let training = Self.training
    let plain = try Self.lists(training, weights: nil)
    let found = try Self.lists(training, weights: ListDiscovery.Weights(repetition: 0.3))
    let most = { (lists: [[ScoredMovie]]) in
      Dictionary(lists.joined().map { ($0.movie, 1) }, uniquingKeysWith: +).values.max() ?? 0
    }
    #expect(most(found) < most(plain))
    for (user, list) in found.enumerated() {
      #expect(Set(list.map(\.movie)).count == list.count && list.count == plain[user].count)
      #expect(list.allSatisfy { training.byUser.position(row: user, column: $0.movie) == nil })
    }
  }

  @Test func `keeps the user's mix of tastes`() throws {
    let training = Self.training
    let calibrated = ListDiscovery.Weights(repetition: 0, genres: 1, fame: 0)
    // How many films of the own kind of user are missing or too many, against their part of the likes.
    let distance = { (lists: [[ScoredMovie]]) in
      lists.enumerated().reduce(0.0) { sum, entry in
        let liked = training.ratings(ofUser: entry.offset).filter { $0.value == 5 }
        let part = { (movies: [Int32]) in
          Double(movies.filter { Int($0) % 3 == entry.offset % 3 }.count) / Double(max(1, movies.count))
        }
        return sum + abs(part(liked.map(\.movie)) - part(entry.element.map(\.movie)))
      }
    }
    #expect(try distance(Self.lists(training, weights: calibrated)) < distance(Self.lists(training, weights: nil)))
  }

  @Test func `leaves a list as it is where nothing weighs, and is the same with any number of threads`() throws {
    let nothing = ListDiscovery.Weights(repetition: 0, genres: 0, fame: 0)
    #expect(try Self.lists(Self.training, weights: nothing) == Self.lists(Self.training, weights: nil))
    let weights = ListDiscovery.Weights()
    #expect(
      try Self.lists(Self.training, weights: weights, threads: 1)
        == Self.lists(Self.training, weights: weights, threads: 3))
  }

  @Test func `goes as far as it costs next to nothing, and no further`() {
    let chosen = { (accuracies: [Double]) in
      DiscoveryCurve(
        points: accuracies.enumerated().map {
          DiscoveryCurve.Point(strength: Float($0.offset), accuracy: $0.element, coverage: 0.1)
        }
      ).strength
    }
    #expect(chosen([0.4, 0.41, 0.399, 0.38]) == 2)
    #expect(chosen([0.4, 0.387, 0.38]) == 0)
    #expect(chosen([0.4, 0.4]) == 1 && chosen([]) == 0)
  }

  @Test func `goes no further than to a little more than twice as many films`() {
    let chosen = { (coverages: [Double], accuracy: Double) in
      DiscoveryCurve(
        points: coverages.enumerated().map {
          DiscoveryCurve.Point(
            strength: Float($0.offset), accuracy: $0.offset < 2 ? 0.4 : accuracy, coverage: $0.element)
        }
      ).strength
    }
    #expect(chosen([0.1, 0.15, 0.23, 0.3], 0.4) == 2)
    #expect(chosen([0.1, 0.15, 0.19, 0.199], 0.4) == 3)
    #expect(chosen([0.1, 0.15, 0.2, 0.3], 0.38) == 1)
  }
}
