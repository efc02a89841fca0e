import Models
import Ratings
import Testing

/// Learning curves, early stopping, and what dates tell.
@Suite struct ClassicLearningTests {
  static let tastes = TrainingSet.twoTastes(count: 60)

  static let learners = ModelCatalogue.all.filter { $0 is any HasLearningCurve.Type }.map { $0.descriptor.name }

  @Test(arguments: learners)
  func `the learning curve falls, is numbered from one and survives the file`(name: String) throws {
    let model = try #require(try fitted(name, to: Self.tastes) as? any HasLearningCurve)
    let curve = model.learningCurve
    #expect(curve.count > 1 && curve.map(\.epoch) == Array(1...curve.count))
    #expect(curve[curve.count - 1].trainingRMSE < curve[0].trainingRMSE)
    let loaded = try #require(try type(of: model).loaded(from: model.savedBytes) as? any HasLearningCurve)
    #expect(loaded.learningCurve.count == curve.count)
    #expect(zip(loaded.learningCurve, curve).allSatisfy { abs($0.trainingRMSE - $1.trainingRMSE) < 1e-6 })
  }

  @Test(arguments: ["sgd", "svdpp", "asymmetric", "timesvdpp", "neural"])
  func `a validation part stops learning from noise early`(name: String) throws {
    let noise = TrainingSet.noise(users: 150, movies: 120, density: 0.2, seed: 6)
    let settings: [String: Double] = ["validation": 0.2, "epochs": 200, "regularization": 0, "decay": 1]
    let model = try #require(try fitted(name, to: noise, overrides: settings) as? any HasLearningCurve)
    let curve = model.learningCurve
    #expect(curve.count < 200)
    #expect(curve.allSatisfy { $0.validationRMSE != nil })
    let plain = try #require(
      try fitted(name, to: noise, overrides: ["validation": 0, "epochs": 8]) as? any HasLearningCurve)
    #expect(plain.learningCurve.allSatisfy { $0.validationRMSE == nil } && plain.learningCurve.count <= 8)
  }

  @Test func `tolerance ends learning`() throws {
    let patient = try #require(try fitted("sgd", to: Self.tastes, overrides: ["tolerance": 0]) as? SGDModel)
    let hasty = try #require(try fitted("sgd", to: Self.tastes, overrides: ["tolerance": 0.5]) as? SGDModel)
    #expect(patient.learningCurve.count == 40)
    #expect(hasty.learningCurve.count < 12)
  }

  @Test func `too large a step is halved until learning holds`() throws {
    let noise = TrainingSet.noise(users: 60, movies: 50, density: 0.5, seed: 2)
    let model = try fitted("sgd", to: noise, overrides: ["learning-rate": 0.2, "regularization": 0, "decay": 1])
    #expect(model.scores(model.foldIn(noise.ratings(ofUser: 0))).allSatisfy { $0.isFinite })
  }

  private static let day: UInt32 = 86400
  /// Data without noise need little pull; no bias of a day, so that the drift has to tell.
  private static let lenient: [String: Double] = [
    "drift-regularization": 0.5, "bin-regularization": 1, "day-regularization": 1000,
  ]

  @Test func `timesvdpp recovers how a movie ages`() throws {
    // One user a day for 1500 days; movie 0 falls from 5 to 1 star, the others stay at 3.
    var ratings: [(user: Int, movie: Int, value: Float, time: UInt32)] = []
    for user in 0..<600 {
      let time = 900_000_000 + UInt32(user) * Self.day * 2
      ratings.append((user, 0, user < 300 ? 5 : 1, time))
      for movie in 1..<10 { ratings.append((user, movie, (user + movie) % 2 == 0 ? 2 : 4, time)) }
    }
    let training = TrainingSet(dated: ratings, users: 600, movies: 10)
    let model = try fitted("timesvdpp", to: training, overrides: Self.lenient)
    let stranger = model.foldIn([])
    let early = model.predict(stranger, movie: 0, time: 900_000_000 + 20 * Self.day)
    let late = model.predict(stranger, movie: 0, time: 900_000_000 + 1180 * Self.day)
    #expect(early > late + 2)
    #expect(abs(model.predict(stranger, movie: 0) - 3) < 0.7)
  }

  @Test func `timesvdpp recovers how a user grows stricter`() throws {
    // Half of the users fall from 5 to 1 stars over three years, the others rise: movies say nothing.
    var ratings: [(user: Int, movie: Int, value: Float, time: UInt32)] = []
    for user in 0..<60 {
      for movie in 0..<40 {
        let isLate = (movie * 7 + user) % 40 >= 20
        let time = 900_000_000 + UInt32((movie * 7 + user) % 40) * 28 * Self.day
        ratings.append((user, movie, isLate == (user % 2 == 0) ? 1 : 5, time))
      }
    }
    let training = TrainingSet(dated: ratings, users: 60, movies: 40)
    let model = try fitted("timesvdpp", to: training, overrides: Self.lenient)
    for user in 0..<4 {
      let given = training.ratings(ofUser: user)
      for profile in [model.profile(ofUser: user, ratings: given), model.foldIn(given)] {
        let early = model.predict(profile, movie: 3, time: 900_000_000 + 30 * Self.day)
        let late = model.predict(profile, movie: 3, time: 900_000_000 + 1000 * Self.day)
        #expect(user % 2 == 0 ? early > late + 1.5 : late > early + 1.5)
      }
    }
  }

  @Test func `without dates timesvdpp still works, and unknown dates are the undated score`() throws {
    let model = try fitted("timesvdpp", to: Self.tastes)
    let profile = model.profile(ofUser: 0, ratings: Self.tastes.ratings(ofUser: 0))
    #expect(model.predict(profile, movie: 4, time: 0) == model.predict(profile, movie: 4))
    #expect(model.predict(profile, movie: 4, time: 1_000_000_000).isFinite)
  }
}
