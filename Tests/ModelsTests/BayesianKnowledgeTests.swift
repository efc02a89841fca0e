import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct `What the Bayesian factorization knows besides ratings` {
  @Test func `genres tell of movies that nobody has rated`() throws {
    var dataset = Dataset.twoTastes(users: 80, movies: 40)
    for movie in dataset.movies.indices { dataset.movies[movie].genres = [movie % 2 == 0 ? "Drama" : "Comedy"] }
    let cold = [36, 37, 38, 39]
    let kept = dataset.ratings.movies.indices.filter { dataset.ratings.movies[$0] < 36 }
    let training = TrainingSet(dataset.ratings.selecting(kept), of: dataset)
    let model = try BayesianFixtures.fit(training)
    for user in 0..<10 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let same = cold.filter { $0 % 2 == user % 2 }.map { model.predict(profile, movie: $0) }.reduce(0, +) / 2
      let other = cold.filter { $0 % 2 != user % 2 }.map { model.predict(profile, movie: $0) }.reduce(0, +) / 2
      #expect(same > other + 1)
    }
  }

  @Test func `a mood of one evening is learnt by date alone`() throws {
    let (training, test) = Self.moods()
    let with = try BayesianFixtures.fit(training)
    let without = try BayesianFixtures.fit(training, ["dates": 0])
    let errors = [with, without].map {
      BayesianFixtures.root(BayesianFixtures.squaredErrors(of: $0, training: training, test))
    }
    #expect(errors[0] < 0.7 * errors[1])
  }

  @Test func `without a date the stars are those of an average evening`() throws {
    let (training, test) = Self.moods()
    let model = try BayesianFixtures.fit(training)
    for user in 0..<5 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let times = test.users.indices.filter { test.users[$0] == user }.map { test.times[$0] }
      let dated = times.map { model.predict(profile, movie: 0, time: $0) }
      let undated = model.predict(profile, movie: 0)
      #expect(undated > (dated.min() ?? 0) - 0.3 && undated < (dated.max() ?? 9) + 0.3)
    }
  }

  /// Users whose ratings of every second evening are two stars higher than those of the others; training and test part.
  private static func moods() -> (training: TrainingSet, test: RatingTable) {
    let shell = Dataset.made(users: 30, movies: 40, ratings: [])
    var training = RatingTable()
    var test = RatingTable()
    var random = CounterRandom(seed: 2)
    for user in 0..<30 {
      for movie in 0..<40 {
        let evening = random.index(below: 4)
        let stars: Float = (evening % 2 == 0 ? 4 : 2) + (random.uniform() < 0.5 ? 0 : 0.5)
        let time = UInt32(1_000_000_000 + user * 1_000_000 + evening * 86_400 * 3 + random.index(below: 3000))
        if random.uniform() < 0.25 {
          test.append(user: Int32(user), movie: Int32(movie), value: stars, time: time)
        } else {
          training.append(user: Int32(user), movie: Int32(movie), value: stars, time: time)
        }
      }
    }
    return (TrainingSet(training, of: shell), test)
  }
}

@Suite struct `Newcomers of the Bayesian factorization` {
  @Test func `their taste is found from a few ratings`() throws {
    let dataset = Dataset.twoTastes(users: 80, movies: 50)
    let model = try BayesianFixtures.fit(TrainingSet(dataset.ratings, of: dataset))
    let newcomer = model.foldIn([0, 2, 5, 7].map { MovieRating(movie: $0, value: $0 % 2 == 0 ? 4.5 : 1.5) })
    for movie in 10..<30 {
      let stars = model.predict(newcomer, movie: movie)
      #expect(movie % 2 == 0 ? stars > 3.3 : stars < 2.7)
    }
  }

  @Test(
    .slow,
    .enabled(if: SharedData.has(SharedData.movieLens100k), Comment(rawValue: SharedData.absence)),
    arguments: [0.0, 1])
  func `folding in errs as little as retraining with them`(probit: Double) throws {
    let all = try Self.movieLens100k()
    // Every twentieth user is new, with 15 ratings; what else they rated is the test.
    var base: [Int] = []
    var known: [Int] = []
    var held: [Int] = []
    var counts = [Int32: Int]()
    let order = (0..<all.ratings.count).sorted {
      CounterRandom.mix(UInt64($0)) < CounterRandom.mix(UInt64($1))
    }
    for row in order {
      let user = all.ratings.users[row]
      guard user % 20 == 7 else {
        base.append(row)
        continue
      }
      counts[user, default: 0] += 1
      if counts[user, default: 0] <= 15 { known.append(row) } else { held.append(row) }
    }
    let settings: [String: Double] = [
      "samples": 150, "burn-in": 60, "kept": 64, "factors": 6, "dates": 0, "probit": probit,
    ]
    let without = TrainingSet(all.ratings.selecting(base.sorted()), of: all)
    let with = TrainingSet(all.ratings.selecting((base + known).sorted()), of: all)
    let test = all.ratings.selecting(held.sorted())
    let retrained = try BayesianFixtures.fit(with, settings)
    let folded = try BayesianFixtures.fit(without, settings)
    let retrainedError = BayesianFixtures.root(BayesianFixtures.squaredErrors(of: retrained, training: with, test))
    var profiles: [Int32: UserProfile] = [:]
    let squares = test.users.indices.map { row in
      let user = test.users[row]
      let profile = profiles[user] ?? folded.foldIn(with.ratings(ofUser: Int(user)))
      profiles[user] = profile
      let error = Double(folded.predict(profile, movie: Int(test.movies[row])) - test.values[row])
      return error * error
    }
    #expect(abs(BayesianFixtures.root(squares) - retrainedError) < 0.01)
    #expect(retrainedError < 1)
  }

  private static func movieLens100k() throws -> Dataset {
    let text = try String(contentsOf: URL(fileURLWithPath: SharedData.movieLens100k + "/u.data"), encoding: .utf8)
    return Dataset.made(
      users: 943, movies: 1682, scale: .wholeStars,
      ratings: text.split(separator: "\n").compactMap { line in
        let fields = line.split(separator: "\t").compactMap { Int($0) }
        return fields.count == 4 ? (fields[0] - 1, fields[1] - 1, Float(fields[2])) : nil
      })
  }
}
