import Models
import Ratings
import Testing

@Suite struct StarModelsTests {
  @Test func `additive effects are recovered by biases`() throws {
    // 3 + user + movie, effects with mean 0, a fifth of the places empty.
    let userEffects: [Float] = [-0.5, 0.25, 0.75, -0.5, 0, 0.5, -0.25, -0.25]
    let movieEffects: [Float] = [1, -1, 0.5, -0.5, 0.25, -0.25]
    let rows: [[Float?]] = userEffects.indices.map { user in
      movieEffects.indices.map { movie in
        (user + 2 * movie) % 5 == 0 ? nil : 3 + userEffects[user] + movieEffects[movie]
      }
    }
    let training = TrainingSet(rows: rows, scale: .halfStars)
    let model = try fitted(
      "biases", to: training, overrides: ["user-damping": 0, "movie-damping": 0, "passes": 1000])
    for user in userEffects.indices {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for movie in movieEffects.indices {
        #expect(abs(model.predict(profile, movie: movie) - (3 + userEffects[user] + movieEffects[movie])) < 0.01)
      }
    }
  }

  @Test func `damping is as many ratings of the mean`() throws {
    // One movie with ratings 5, 5 beside one with 1, 1: the mean is 3, users cancel out.
    let training = TrainingSet(rows: [[5, 1], [5, 1]])
    let model = try fitted("biases", to: training, overrides: ["user-damping": 0, "movie-damping": 2])
    #expect(abs(model.predict(model.foldIn([]), movie: 0) - 4) < 1e-4)
    #expect(abs(model.predict(model.foldIn([]), movie: 1) - 2) < 1e-4)
  }

  @Test func `a low-rank matrix is completed by als`() throws {
    var random = CounterRandom(seed: 3)
    let (users, movies) = (120, 80)
    let p = (0..<users).map { _ in [random.normalPair().0, random.normalPair().0] }
    let q = (0..<movies).map { _ in [random.normalPair().0, random.normalPair().0] }
    var hidden: [(user: Int, movie: Int, value: Float)] = []
    var rows: [[Float?]] = []
    for user in 0..<users {
      rows.append(
        (0..<movies).map { movie in
          let value = Float(3 + 0.4 * (p[user][0] * q[movie][0] + p[user][1] * q[movie][1]))
          guard random.uniform() < 0.3 else {
            hidden.append((user, movie, value))
            return nil
          }
          return value
        })
    }
    let scale = RatingScale(minimum: -10, maximum: 20, step: 0.1)
    let training = TrainingSet(rows: rows, scale: scale)
    let model = try fitted("als", to: training, overrides: ["factors": 6, "implicit-weight": 0, "sweeps": 100])
    let profiles = (0..<users).map { model.profile(ofUser: $0, ratings: training.ratings(ofUser: $0)) }
    var squares: Float = 0
    for (user, movie, value) in hidden {
      let error = model.predict(profiles[user], movie: movie) - value
      squares += error * error
    }
    // The deviation of the values is 0.57.
    #expect((squares / Float(hidden.count)).squareRoot() < 0.05)
  }

  @Test(arguments: ["als", "item-neighbours"])
  func `the prediction without its explanations is additive in user and movie`(name: String) throws {
    let training = ContractTests.noise
    let model = try fitted(name, to: training)
    let remainders = (0..<20).map { user in
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let scores = model.scores(profile)
      return (0..<40).map { movie in
        scores[movie] - model.reasons(for: movie, profile: profile, count: 1000).reduce(0) { $0 + $1.score }
      }
    }
    for user in 1..<20 {
      for movie in 1..<40 {
        let interaction =
          remainders[user][movie] - remainders[user][0] - remainders[0][movie] + remainders[0][0]
        #expect(abs(interaction) < 1e-3)
      }
    }
  }

  @Test func `a movie with one rating is not a neighbour`() throws {
    var random = CounterRandom(seed: 5)
    var rows: [[Float?]] = (0..<100).map { user in
      (0..<30).map { movie in random.uniform() < 0.5 ? (user % 2 == movie % 2 ? 5 : 2) : nil } + [nil]
    }
    rows[0][30] = 5
    let training = TrainingSet(rows: rows)
    for name in tasteModels {
      let model = try fitted(name, to: training)
      for movie in 0..<30 {
        #expect(
          !model.similarMovies(to: movie, count: 5).contains { $0.movie == 30 },
          "\(name) \(model.similarMovies(to: movie, count: 5))")
      }
    }
  }
}
