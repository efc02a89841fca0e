import BinaryFiles
import LinearAlgebra
import Models
import Ratings
import Testing

@Suite struct PopularityTests {
  static let training = TrainingSet(rows: [[5, 1, nil], [5, 1, nil], [nil, 1, nil], [5, 2, nil]])

  @Test func `the most rated movie comes first`() throws {
    let model = try fitted("popularity", to: Self.training)
    #expect(model.scores(model.foldIn([])) == [0.75, 1, 0])
  }

  @Test func `with all the weight on stars the best rated does`() throws {
    let model = try fitted("popularity", to: Self.training, overrides: ["stars-weight": 1, "damping": 0])
    #expect(model.scores(model.foldIn([])) == [1, 0.0625, 0])
  }
}

@Suite struct EaseTests {
  /// The model of the first paper: likes from the middle of the scale on, all users and movies alike.
  static let plain: [String: Double] = ["dislike-gap": 0, "user-scaling": 0, "popularity-regularization": 0]

  /// B of EASE for liked movies by user, by Gauss-Jordan elimination in double precision.
  ///
  /// - Parameters:
  ///   - bonus: how much more than 1 two likes of a user count.
  ///   - shared: what two movies have in common besides.
  private static func reference(
    _ liked: [[Bool]], lambda: Double, bonus: (_ user: Int, _ i: Int, _ j: Int) -> Double = { _, _, _ in 0 },
    shared: (_ i: Int, _ j: Int) -> Double = { _, _ in 0 }
  ) -> [[Double]] {
    let count = liked[0].count
    var rows = (0..<count).map { i in
      (0..<2 * count).map { j in
        j >= count
          ? (j - count == i ? 1 : 0)
          : liked.enumerated().reduce((i == j ? lambda : 0) + shared(i, j)) { sum, row in
            sum + (row.element[i] && row.element[j] ? 1 + bonus(row.offset, i, j) : 0)
          }
      }
    }
    for pivot in 0..<count {
      let scale = rows[pivot][pivot]
      rows[pivot] = rows[pivot].map { $0 / scale }
      for row in 0..<count where row != pivot {
        let factor = rows[row][pivot]
        for column in 0..<2 * count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return (0..<count).map { j in
      (0..<count).map { i in i == j ? 0 : -rows[j][count + i] / rows[i][count + i] }
    }
  }

  /// More users than movies, and fewer: the two forms of the model.
  @Test(arguments: [(60, 25), (25, 60), (150, 140), (140, 150)])
  func `scores are those of the closed form`(users: Int, movies: Int) throws {
    let training = TrainingSet.noise(users: users, movies: movies, density: 0.6, seed: UInt64(users))
    let liked = (0..<users).map { user in
      (0..<movies).map { movie in
        training.byUser.position(row: user, column: Int32(movie)).map { training.byUser.values[$0] >= 3 } ?? false
      }
    }
    let weights = Self.reference(liked, lambda: 5)
    let model = try fitted("ease", to: training, overrides: Self.plain.merging(["lambda": 5]) { $1 })
    var sums = [Double](repeating: 0, count: movies)
    for user in 0..<users {
      let ratings = training.ratings(ofUser: user)
      let profile = model.profile(ofUser: user, ratings: ratings)
      let scores = model.scores(profile)
      for movie in 0..<movies {
        let expected = (0..<movies).reduce(0.0) { $0 + (liked[user][$1] ? weights[$1][movie] : 0) }
        #expect(abs(Double(scores[movie]) - expected) < 1e-4)
        sums[movie] += expected / Double(users)
        let reasons = model.reasons(for: movie, profile: profile, count: 1000)
        #expect(abs(reasons.reduce(0) { $0 + $1.score } - scores[movie]) < 1e-4)
        for reason in reasons {
          #expect(abs(Double(reason.score) - weights[Int(reason.movie)][movie]) < 1e-5)
        }
      }
    }
    // A stranger is the average of all.
    let average = model.scores(model.foldIn([]))
    #expect(zip(average, sums).allSatisfy { abs(Double($0) - $1) < 1e-4 })
  }

  /// Fewer users than movies, and more: both are worked out by movies.
  @Test(arguments: [(25, 40), (60, 25)])
  func `with sessions scores are those of the closed form with the kernel of time`(users: Int, movies: Int) throws {
    let undated = TrainingSet.noise(users: users, movies: movies, density: 0.5, seed: 11)
    let table = undated.table
    var random = CounterRandom(seed: 4)
    // One in ten has no date, and dates lie minutes to hours apart.
    let times = (0..<table.count).map { _ in
      random.uniform() < 0.1 ? 0 : UInt32(1_000_000 + random.index(below: 8_000))
    }
    let training = undated.replacingRatings(
      RatingTable(users: table.users, movies: table.movies, values: table.values, times: times))
    let position = { (user: Int, movie: Int) in training.byUser.position(row: user, column: Int32(movie)) }
    let liked = (0..<users).map { user in
      (0..<movies).map { movie in position(user, movie).map { training.byUser.values[$0] >= 3 } ?? false }
    }
    let weights = Self.reference(liked, lambda: 5) { user, i, j in
      guard let first = position(user, i), let second = position(user, j) else { return 0 }
      let (a, b) = (Double(training.times[first]), Double(training.times[second]))
      return a == 0 || b == 0 ? 0 : 2.5 / (1 + abs(a - b) / 420)
    }
    let model = try fitted(
      "ease", to: training,
      overrides: Self.plain.merging(["lambda": 5, "session-weight": 2.5, "session-minutes": 7]) { $1 })
    for user in 0..<users {
      let scores = model.scores(model.profile(ofUser: user, ratings: training.ratings(ofUser: user)))
      for movie in 0..<movies {
        let expected = (0..<movies).reduce(0.0) { $0 + (liked[user][$1] ? weights[$1][movie] : 0) }
        #expect(abs(Double(scores[movie]) - expected) < 1e-4)
      }
    }
    let without = try fitted("ease", to: training, overrides: ["session-weight": 0])
    #expect(without.savedBytes == (try fitted("ease", to: undated)).savedBytes, "weight 0 looks at no dates")
  }

  /// By movies and by users.
  @Test(arguments: [(60, 25), (25, 60)])
  func `genres and decades are more users who like all of their movies`(users: Int, movies: Int) throws {
    let noise = TrainingSet.noise(users: users, movies: movies, density: 0.5, seed: 12)
    let catalogue = (0..<movies).map { index in
      // Genres of many, of a few and of one alone; and years of three decades, or none.
      Movie(
        id: .number(Int64(index)), title: "\(index)", year: index % 5 == 0 ? nil : 1970 + 10 * (index % 3),
        genres: [index % 2 == 0 ? "Drama" : "Comedy"] + (index % 7 == 0 ? ["War"] : []) + (index == 3 ? ["Noir"] : []))
    }
    let training = TrainingSet(noise.table, users: noise.users, movies: catalogue, scale: noise.scale)
    let liked = (0..<users).map { user in
      (0..<movies).map { movie in
        training.byUser.position(row: user, column: Int32(movie)).map { training.byUser.values[$0] >= 3 } ?? false
      }
    }
    try #require((0..<movies).allSatisfy { movie in liked.contains { $0[movie] } })
    let features = catalogue.map { Set($0.genres.filter { $0 != "Noir" } + ($0.decade.map { ["\($0)"] } ?? [])) }
    let weights = Self.reference(
      liked, lambda: 5, shared: { i, j in 2.25 * Double(features[i].intersection(features[j]).count) })
    let model = try fitted(
      "ease", to: training, overrides: Self.plain.merging(["lambda": 5, "feature-weight": 1.5]) { $1 })
    var sums = [Double](repeating: 0, count: movies)
    for user in 0..<users {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let (scores, again) = (model.scores(profile), model.scores(model.foldIn(profile.ratings)))
      for movie in 0..<movies {
        let expected = (0..<movies).reduce(0.0) { $0 + (liked[user][$1] ? weights[$1][movie] : 0) }
        #expect(abs(Double(scores[movie]) - expected) < 1e-4 && abs(Double(again[movie]) - expected) < 1e-4)
        sums[movie] += expected / Double(users)
      }
    }
    let average = model.scores(model.foldIn([]))
    #expect(zip(average, sums).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    var reader = BinaryReader(model.savedBytes)
    #expect(try EaseModel(from: &reader).savedBytes == model.savedBytes)
    let without = Self.plain.merging(["feature-weight": 0]) { $1 }
    #expect(
      try fitted("ease", to: training, overrides: without).savedBytes
        == fitted("ease", to: noise, overrides: without).savedBytes, "weight 0 looks at no genre")
  }

  @Test func `beyond the limit the most rated movies remain`() throws {
    let training = TrainingSet.noise(users: 50, movies: 40, density: 0.4, seed: 6)
    let settings = try ModelSettings(EaseModel.descriptor, overrides: Self.plain)
    let model = EaseModel.fit(training, settings: settings, context: FitContext(), largestSide: 10)
    let scores = model.scores(model.foldIn(training.ratings(ofUser: 0)))
    let scored = scores.indices.filter { scores[$0] != 0 }
    #expect(scored.count == 10)
    let positive = { (movie: Int) in
      training.byMovie.range(ofRow: movie).filter { training.byMovie.values[$0] >= 3 }.count
    }
    let fewest = try #require(scored.map(positive).min())
    let most = try #require(scores.indices.filter { scores[$0] == 0 }.map(positive).max())
    #expect(fewest >= most)
  }

  @Test func `ratings below the middle speak for nothing`() throws {
    let training = TrainingSet.twoTastes(count: 20)
    let model = try fitted("ease", to: training)
    let dislikes = [MovieRating(movie: 3, value: 1), MovieRating(movie: 4, value: 2)]
    #expect(model.scores(model.foldIn(dislikes)) == model.scores(model.foldIn([])))
  }
}
