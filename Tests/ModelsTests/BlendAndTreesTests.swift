import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

/// Models that learn from the other models' out-of-fold predictions: nothing of a rating may get into its own features.
@Suite struct StackedModelsTests {
  static let names = allModels.filter { ["xgboost", "random-forest", "decision-tree", "svm", "blend"].contains($0) }

  /// Root mean squared errors on `hidden` of the model and of the mean of the training ratings.
  static func errors(
    _ model: any Recommender, training: TrainingSet, hidden: RatingTable
  ) -> (model: Double, mean: Double) {
    let held = training.replacingRatings(hidden)
    let mean = Double(training.byUser.values.reduce(0, +)) / Double(training.ratingCount)
    var squares = (model: 0.0, mean: 0.0)
    for user in 0..<training.userCount {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for rating in held.ratings(ofUser: user) {
        let error = Double(model.predict(profile, movie: Int(rating.movie)) - rating.value)
        squares.model += error * error
        squares.mean += (Double(rating.value) - mean) * (Double(rating.value) - mean)
      }
    }
    let count = Double(hidden.count)
    return ((squares.model / count).squareRoot(), (squares.mean / count).squareRoot())
  }

  /// A model whose features had seen the ratings that it trains on would trust them, and err on hidden noise.
  @Test(.slow, arguments: names)
  func `pure noise cannot be learnt, and no model believes that it can`(name: String) throws {
    let part = TrainingSet.noise(users: 200, movies: 150, density: 0.3, seed: 8).folds(4, seed: 3)[0]
    let model = try fitted(name, to: part.training)
    let hidden = Self.errors(model, training: part.training, hidden: part.test)
    #expect(hidden.model > hidden.mean * 0.985, "better than chance: \(hidden)")
    #expect(hidden.model < hidden.mean * 1.03, "fooled by noise: \(hidden)")
    // What it says of the ratings that it was fitted with must not be much better: that would be memory. Baselines and
    // factors of everything have seen these ratings, which alone is worth some 7 %.
    let seen = Self.errors(model, training: part.training, hidden: part.training.table)
    #expect(seen.model > seen.mean * 0.85, "remembers: \(seen)")
  }

  @Test(arguments: names)
  func `effects of genres that are seen nowhere else are learnt`(name: String) throws {
    // A user likes one genre of four; every movie has a single rating by a few users, so that movies tell nothing.
    let (users, movies) = (80, 400)
    var table = RatingTable()
    var random = CounterRandom(seed: 6)
    for user in 0..<users {
      for movie in 0..<movies where random.uniform() < 0.1 {
        table.append(
          user: Int32(user), movie: Int32(movie), value: movie % 4 == user % 4 ? 5 : Float(1 + random.index(below: 3)),
          time: 0)
      }
    }
    let all = TrainingSet(
      table, users: (0..<users).map { User(id: .number(Int64($0))) },
      movies: (0..<movies).map { Movie(id: .number(Int64($0)), title: "", genres: ["genre \($0 % 4)"]) },
      scale: .wholeStars)
    let part = all.folds(5, seed: 1)[0]
    let model = try fitted(name, to: part.training)
    let errors = Self.errors(model, training: part.training, hidden: part.test)
    #expect(errors.model < 0.8 * errors.mean, "\(errors)")
    // A newcomer's four ratings tell their genre.
    let newcomer = model.foldIn(
      [0, 4, 8, 12].map { MovieRating(movie: $0, value: 5) } + [MovieRating(movie: 13, value: 1)])
    #expect(model.predict(newcomer, movie: 16) > model.predict(newcomer, movie: 17))
  }

  @Test func `the blend is no worse than its members on data with tastes`() throws {
    let part = TrainingSet.twoTastes(count: 60).folds(4, seed: 2)[0]
    let blend = Self.errors(try fitted("blend", to: part.training), training: part.training, hidden: part.test)
    for name in ["als", "item-neighbours"] {
      let member = Self.errors(try fitted(name, to: part.training), training: part.training, hidden: part.test)
      #expect(blend.model <= member.model + 0.05, "\(name): \(blend.model) against \(member.model)")
    }
  }

  @Test func `the blend's probabilities have the blend's mean`() throws {
    let training = ContractTests.noise
    let model = try fitted("blend", to: training)
    for user in 0..<10 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for movie in 0..<20 {
        guard let probabilities = model.probabilities(profile, movie: movie, time: 0) else { continue }
        #expect(abs(probabilities.reduce(0, +) - 1) < 1e-4 && probabilities.allSatisfy { $0 >= 0 })
        let mean = probabilities.enumerated().reduce(Float(0)) {
          $0 + $1.element * training.scale.value(ofLevel: $1.offset)
        }
        #expect(abs(mean - model.predict(profile, movie: movie)) < 1e-3)
      }
    }
  }

  @Test func `a tilted distribution keeps its order and gets its mean`() {
    let probabilities: [Float] = [0.1, 0.2, 0.4, 0.2, 0.1]
    #expect(
      zip(ExponentialTilting.probabilities(probabilities, scale: .wholeStars, mean: 3), probabilities).allSatisfy {
        abs($0 - $1) < 1e-5
      })
    for mean: Float in [1.2, 2.5, 3.7, 4.8] {
      let tilted = ExponentialTilting.probabilities(probabilities, scale: .wholeStars, mean: mean)
      let result = tilted.enumerated().reduce(Float(0)) { $0 + $1.element * Float($1.offset + 1) }
      #expect(abs(result - mean) < 1e-3)
    }
  }
}
