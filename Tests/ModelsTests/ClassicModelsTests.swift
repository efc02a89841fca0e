import Models
import Ratings
import Testing

/// Classic models on data whose answer is known by construction.
@Suite struct ClassicModelsTests {
  @Test func `slope one is exact where differences are constant`() throws {
    let movieEffects: [Float] = [0, 1, -1, 0.5, 2, -0.5]
    let rows: [[Float?]] = (0..<12).map { user in
      movieEffects.indices.map { movie in
        (user + 3 * movie) % 5 == 0 ? nil : 2.5 + Float(user % 4) * 0.25 + movieEffects[movie]
      }
    }
    let training = TrainingSet(rows: rows, scale: RatingScale(minimum: 0, maximum: 10, step: 0.25))
    let model = try fitted(
      "slope-one", to: training,
      overrides: ["steadiness": 0, "difference-damping": 0, "weight-damping": 0])
    for user in 0..<12 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for movie in movieEffects.indices {
        let expected = 2.5 + Float(user % 4) * 0.25 + movieEffects[movie]
        #expect(abs(model.predict(profile, movie: movie) - expected) < 1e-3)
      }
    }
  }

  @Test func `slope one tells the worked example of its paper`() throws {
    // Lemire and Maclachlan 2005, figure 1: A rated 1 and 1.5, B rated the first movie 2: the second is 2.5.
    let training = TrainingSet(
      rows: [[1, 1.5], [2, nil]], scale: .halfStars)
    let model = try fitted(
      "slope-one", to: training, overrides: ["difference-damping": 0, "weight-damping": 0])
    let profile = model.profile(ofUser: 1, ratings: training.ratings(ofUser: 1))
    #expect(abs(model.predict(profile, movie: 1) - 2.5) < 1e-4)
  }

  @Test func `co-clustering finds blocks`() throws {
    // What three groups of users make of three groups of movies; rows and columns sum to 9, so biases say nothing.
    let blocks: [[Float]] = [[5, 3, 1], [3, 1, 5], [1, 5, 3]]
    var random = CounterRandom(seed: 9)
    let rows: [[Float?]] = (0..<90).map { user in
      (0..<60).map { movie in random.uniform() < 0.5 ? blocks[user % 3][movie % 3] : nil }
    }
    let training = TrainingSet(rows: rows)
    let model = try fitted("co-clustering", to: training, overrides: ["block-damping": 0])
    var squares: Float = 0
    for user in 0..<90 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for movie in 0..<60 {
        let error = model.predict(profile, movie: movie) - blocks[user % 3][movie % 3]
        squares += error * error
      }
    }
    #expect((squares / 5400).squareRoot() < 0.5)
    #expect(model.similarMovies(to: 4, count: 10).allSatisfy { $0.movie % 3 == 1 })
  }

  @Test func `no factor of nmf is below zero, and its error falls`() throws {
    let training = TrainingSet.noise(users: 120, movies: 90, density: 0.2, seed: 3)
    let model = try #require(try fitted("nmf", to: training, overrides: ["regularization": 0.1]) as? NMFModel)
    let factors = model.movieFactors.joined()
    #expect(factors.allSatisfy { $0 >= 0 } && factors.contains { $0 > 0 })
    for profile in [model.foldIn(training.ratings(ofUser: 3)), model.profile(ofUser: 5, ratings: [])] {
      #expect(profile.vector.prefix(15).allSatisfy { $0 >= 0 })
    }
    let errors = model.learningCurve.map(\.trainingRMSE)
    #expect(zip(errors, errors.dropFirst()).allSatisfy { $1 <= $0 * 1.0001 })
  }

  @Test(arguments: ["sgd", "svdpp", "nmf", "asymmetric"])
  func `a low-rank matrix is completed`(name: String) throws {
    var random = CounterRandom(seed: 3)
    let p = (0..<150).map { _ in Float(random.uniform() * 2 - 1) }
    let q = (0..<100).map { _ in Float(random.uniform() * 2 - 1) }
    let rows: [[Float?]] = p.map { p in q.map { q in random.uniform() < 0.4 ? 3 + 2 * p * q : nil } }
    let training = TrainingSet(rows: rows, scale: RatingScale(minimum: 1, maximum: 5, step: 0.1))
    let model = try fitted(name, to: training, overrides: ["regularization": 0.2])
    var squares: Float = 0
    var spread: Float = 0
    for user in p.indices {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for movie in q.indices where training.byUser.position(row: user, column: Int32(movie)) == nil {
        let truth = 2 * p[user] * q[movie]
        let error = model.predict(profile, movie: movie) - 3 - truth
        squares += error * error
        spread += truth * truth
      }
    }
    #expect(squares < 0.1 * spread, "left over: \(squares / spread)")
  }

  @Test(arguments: ["svdpp", "asymmetric", "timesvdpp"])
  func `what someone chose to rate speaks even where their stars say nothing`(name: String) throws {
    // Even users watch movies 0–9, odd ones 10–19, and give each 3 stars. Even users like 20–29, odd ones do not.
    var random = CounterRandom(seed: 5)
    let rows: [[Float?]] = (0..<200).map { user in
      (0..<30).map { movie in
        if movie >= 20 { return random.uniform() < 0.5 ? (user % 2 == 0 ? 5 : 1) : nil }
        return movie / 10 == user % 2 && random.uniform() < 0.7 ? 3 : nil
      }
    }
    let model = try fitted(
      name, to: TrainingSet(rows: rows),
      overrides: [name == "asymmetric" ? "bag-rate" : "implicit-rate": 1, "epochs": 100, "tolerance": 0])
    let even = model.foldIn((0..<10).map { MovieRating(movie: $0, value: 3) })
    let odd = model.foldIn((10..<20).map { MovieRating(movie: $0, value: 3) })
    for movie in 20..<30 {
      #expect(model.predict(even, movie: movie) > model.predict(odd, movie: movie) + 1)
    }
  }

  @Test(arguments: ["slope-one", "asymmetric", "item-neighbours"])
  func `reasons add up to the taste part of the score`(name: String) throws {
    let training = TrainingSet.noise(users: 80, movies: 60, density: 0.3, seed: 8)
    let model = try fitted(name, to: training)
    let baseline = try #require(
      (model as? SlopeOneModel)?.baseline ?? (model as? AsymmetricModel)?.baseline
        ?? (model as? ItemNeighboursModel)?.baseline)
    for user in 0..<20 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let other = model.foldIn([])
      let scores = model.scores(profile)
      for movie in 0..<60 {
        let sum = model.reasons(for: movie, profile: profile, count: 1000).reduce(0) { $0 + $1.score }
        // What remains for someone without ratings, and how generous this user is.
        let rest = model.scores(other)[movie] + baseline.userBiases[user]
        #expect(abs(sum + rest - scores[movie]) < 1e-3)
      }
    }
  }

  @Test func `users of one taste are each other's neighbours, and a newcomer has theirs at once`() throws {
    let training = TrainingSet.twoTastes(count: 60)
    let model = try #require(try fitted("user-neighbours", to: training) as? UserNeighboursModel)
    let profile = model.foldIn(
      [0, 2, 4, 6, 8].map { MovieRating(movie: $0, value: 5) } + [MovieRating(movie: 9, value: 1)])
    let neighbours = model.neighbours(of: profile, count: 10)
    #expect(neighbours.count == 10 && neighbours.allSatisfy { $0.user % 2 == 0 })
    #expect(zip(neighbours, neighbours.dropFirst()).allSatisfy { $0.similarity >= $1.similarity })
    #expect(model.predict(profile, movie: 20) > model.predict(profile, movie: 21) + 2)
    let own = model.profile(ofUser: 3, ratings: training.ratings(ofUser: 3))
    #expect(!model.neighbours(of: own, count: 100).contains { $0.user == 3 })
    #expect(model.foldIn(training.ratings(ofUser: 3)).vector == own.vector)
  }
}
