import BinaryFiles
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Bayesian factorization` {
  @Test func `tells two tastes apart on pairs it has not seen`() throws {
    let dataset = Dataset.twoTastes(users: 80, movies: 50, density: 0.4)
    let split = dataset.holdout(fraction: 0.2, seed: 5)
    for probit in [0.0, 1] {
      let model = try BayesianFixtures.fit(TrainingSet(split.training, of: dataset), ["probit": probit])
      let errors = BayesianFixtures.squaredErrors(
        of: model, training: TrainingSet(split.training, of: dataset), split.test)
      // Half of the ratings carry half a star of noise: 0.25 is what nothing can beat.
      #expect(BayesianFixtures.root(errors) < 0.45, "probit \(probit)")
    }
  }

  @Test(arguments: [0.0, 1]) func `gives the same bits with one and with two threads`(probit: Double) throws {
    let training = TrainingSet(Dataset.twoTastes().ratings, of: Dataset.twoTastes())
    let bytes = try [1, 2].map { threads in
      var writer = BinaryWriter()
      try BayesianFixtures.fit(training, ["probit": probit], threads: threads).save(to: &writer)
      return writer.bytes
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test func `another seed gives another chain and nearly the same predictions`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let models = try [1, 2].map { try BayesianFixtures.fit(training, seed: $0) }
    var largest: Float = 0
    for user in 0..<20 {
      for movie in 0..<20 {
        let stars = models.map {
          $0.predict($0.profile(ofUser: user, ratings: training.ratings(ofUser: user)), movie: movie)
        }
        largest = max(largest, abs(stars[0] - stars[1]))
      }
    }
    #expect(largest > 0)
    #expect(largest < 0.5)
  }

  @Test func `probabilities sum to one, and their mean is the prediction`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let model = try BayesianFixtures.fit(training)
    for user in [0, 1, 7] {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for movie in [0, 1, 12, nil] {
        let probabilities = try #require(model.probabilities(profile, movie: movie, time: 0))
        #expect(probabilities.count == 10)
        #expect(probabilities.allSatisfy { $0 >= 0 })
        #expect(abs(probabilities.reduce(0, +) - 1) < 1e-4)
        let mean = probabilities.enumerated().reduce(Float(0)) {
          $0 + training.scale.value(ofLevel: $1.offset) * $1.element
        }
        #expect(abs(mean - model.predict(profile, movie: movie)) < 1e-3)
      }
    }
  }

  @Test(arguments: [0.0, 1]) func `degenerate data give finite stars within the scale`(probit: Double) throws {
    let sets: [Dataset] = [
      .made(users: 0, movies: 0, ratings: []), .made(users: 1, movies: 1, ratings: []),
      .made(users: 1, movies: 1, ratings: [(0, 0, 4)]),
      .made(users: 1, movies: 30, ratings: (0..<30).map { (0, $0, Float($0 % 10 + 1) / 2) }),
      .made(users: 20, movies: 1, ratings: (0..<20).map { ($0, 0, Float($0 % 10 + 1) / 2) }),
      .made(users: 9, movies: 9, ratings: (0..<81).map { ($0 / 9, $0 % 9, 3.5) }),
      .made(users: 6, movies: 5, ratings: (0..<30).map { ($0 / 5, $0 % 5, $0 % 2 == 0 ? 0.5 : 5) }),
    ]
    for dataset in sets {
      let training = TrainingSet(dataset.ratings, of: dataset)
      let model = try BayesianFixtures.fit(training, ["probit": probit])
      var profiles = [model.foldIn([])]
      if training.movieCount > 0 { profiles.append(model.foldIn([MovieRating(movie: 0, value: 99)])) }
      for user in 0..<training.userCount {
        profiles.append(model.profile(ofUser: user, ratings: training.ratings(ofUser: user)))
      }
      for profile in profiles {
        for movie in [nil] + (0..<training.movieCount).map(Optional.some) {
          let stars = model.predict(profile, movie: movie)
          #expect(stars >= training.scale.minimum && stars <= training.scale.maximum)
          let probabilities = try #require(model.probabilities(profile, movie: movie, time: 0))
          #expect(abs(probabilities.reduce(0, +) - 1) < 1e-3)
        }
      }
    }
  }

  @Test func `equal ratings are predicted again`() throws {
    let dataset = Dataset.made(users: 9, movies: 9, ratings: (0..<80).map { ($0 / 9, $0 % 9, 3.5) })
    let model = try BayesianFixtures.fit(TrainingSet(dataset.ratings, of: dataset))
    #expect(abs(model.predict(model.foldIn([]), movie: 8) - 3.5) < 0.1)
  }

  @Test func `a saved model predicts the same, and a cut one is refused`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let model = try BayesianFixtures.fit(training)
    var writer = BinaryWriter()
    model.save(to: &writer)
    var reader = BinaryReader(writer.bytes)
    let loaded = try BayesianModel(from: &reader)
    #expect(reader.remaining == 0)
    let ratings = training.ratings(ofUser: 3)
    #expect(
      loaded.predict(loaded.profile(ofUser: 3, ratings: ratings), movie: 5)
        == model.predict(model.profile(ofUser: 3, ratings: ratings), movie: 5))
    #expect(loaded.foldIn(ratings).vector == model.foldIn(ratings).vector)
    #expect(loaded.similarMovies(to: 2, count: 5) == model.similarMovies(to: 2, count: 5))
    for length in [0, 10, writer.bytes.count / 2, writer.bytes.count - 1] {
      #expect(throws: BinaryFileError.self) {
        var reader = BinaryReader(Array(writer.bytes.prefix(length)))
        _ = try BayesianModel(from: &reader)
      }
    }
  }

  @Test func `similar movies are those of the same taste`() throws {
    let dataset = Dataset.twoTastes()
    let model = try BayesianFixtures.fit(TrainingSet(dataset.ratings, of: dataset))
    let similar = model.similarMovies(to: 4, count: 8)
    #expect(similar.count == 8)
    #expect(similar.allSatisfy { $0.movie % 2 == 0 && $0.movie != 4 })
  }

  @Test func `scores rank as predictions do`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let model = try BayesianFixtures.fit(training, ["dates": 0])
    let profile = model.profile(ofUser: 2, ratings: training.ratings(ofUser: 2))
    var scores = [Float](repeating: 0, count: model.movieCount)
    scores.withUnsafeMutableBufferPointer { model.score([profile], into: $0) }
    for movie in 0..<model.movieCount {
      #expect(abs(training.scale.clamp(scores[movie]) - model.predict(profile, movie: movie)) < 1e-4)
    }
  }
}

/// What the tests of this model share.
enum BayesianFixtures {
  static func fit(
    _ training: TrainingSet, _ overrides: [String: Double] = [:], seed: UInt64 = 1, threads: Int = 2
  ) throws -> BayesianModel {
    let small: [String: Double] = ["factors": 4, "samples": 160, "burn-in": 40, "kept": 64]
    let settings = try ModelSettings(BayesianModel.descriptor, overrides: small.merging(overrides) { $1 })
    return BayesianModel.fit(
      training, settings: settings, context: FitContext(seed: seed, threads: ThreadCount(threads)))
  }

  static func squaredErrors(of model: BayesianModel, training: TrainingSet, _ test: RatingTable) -> [Double] {
    test.users.indices.map { row in
      let user = Int(test.users[row])
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let error = Double(
        model.predict(profile, movie: Int(test.movies[row]), time: test.times[row]) - test.values[row])
      return error * error
    }
  }

  static func root(_ squares: [Double]) -> Double {
    (squares.reduce(0, +) / Double(max(1, squares.count))).squareRoot()
  }
}
