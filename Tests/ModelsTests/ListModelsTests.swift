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
  private static func reference(_ liked: [[Bool]], lambda: Double) -> [[Double]] {
    let count = liked[0].count
    var rows = (0..<count).map { i in
      (0..<2 * count).map { j in
        j >= count
          ? (j - count == i ? 1 : 0)
          : liked.reduce(i == j ? lambda : 0) { $0 + ($1[i] && $1[j] ? 1 : 0) }
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
