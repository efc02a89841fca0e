import LinearAlgebra
import Models
import Ratings
import Testing

/// What the list models that know taste owe their users beyond the contract.
@Suite struct ListTasteTests {
  /// All but popularity, which knows no taste.
  static let models = ModelCatalogue.all.map { $0.descriptor }.filter { $0.job == .lists && $0.family != "popularity" }
    .map(\.name)
  /// Those whose reasons add up to the score as it stands.
  static let exact = ["list-neighbours", "user-list-neighbours", "slim", "rp3beta", "ials"].filter(models.contains)

  /// Three shelves of films; everyone likes most films of one shelf and a few of the others.
  static let shelves: TrainingSet = {
    var random = CounterRandom(seed: 3)
    return TrainingSet(
      rows: (0..<90).map { user in
        (0..<60).map { movie in
          random.uniform() < (user % 3 == movie % 3 ? 0.5 : 0.08) ? Float(3 + random.index(below: 3)) : nil
        }
      })
  }()

  @Test(arguments: models)
  func `a film rated low does not pull its neighbours up`(name: String) throws {
    let model = try fitted(name, to: Self.shelves)
    // Someone with a taste for shelf 0 who also saw movie 1, of shelf 1: liked it, hated it, or did not see it.
    let taste = [0, 3, 6, 9, 12].map { MovieRating(movie: Int32($0), value: 5) }
    let with = { (value: Float) in (taste + [MovieRating(movie: 1, value: value)]).sorted { $0.movie < $1.movie } }
    let without = model.scores(model.foldIn(taste))
    let hated = model.scores(model.foldIn(with(1)))
    let loved = model.scores(model.foldIn(with(5)))
    let similar = model.similarMovies(to: 1, count: 5).map { Int($0.movie) }
    try #require(similar.count == 5)
    for movie in similar {
      #expect(hated[movie] <= without[movie] + 1e-6, "movie \(movie)")
    }
    let mean = { (scores: [Float]) in similar.reduce(Float(0)) { $0 + scores[$1] } / Float(similar.count) }
    #expect(mean(hated) < mean(loved))
  }

  @Test(arguments: models)
  func `dislikes alone are not a taste`(name: String) throws {
    let model = try fitted(name, to: Self.shelves)
    let dislikes = [MovieRating(movie: 3, value: 1), MovieRating(movie: 4, value: 1)]
    let profile = model.foldIn(dislikes)
    #expect(model.reasons(for: 6, profile: profile, count: 9).isEmpty)
    // The unrated films stand as they do for a stranger; a blend's scores are scaled over them.
    guard name != "list-blend" else { return }
    let stranger = model.scores(model.foldIn([]))
    let scores = model.scores(profile)
    let order = { (scores: [Float]) in scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) } }
    let unrated = { (list: [Int]) in list.filter { $0 != 3 && $0 != 4 } }
    #expect(unrated(order(scores)) == unrated(order(stranger)))
  }

  @Test(arguments: exact)
  func `contributions of all rated films add up to the score`(name: String) throws {
    let model = try fitted(name, to: Self.shelves)
    for user in 0..<12 {
      var ratings = Self.shelves.ratings(ofUser: user)
      ratings[0].value = 1
      let profile = model.foldIn(ratings)
      let scores = model.scores(profile)
      for movie in 0..<model.movieCount {
        let sum = model.reasons(for: movie, profile: profile, count: ratings.count).reduce(0) { $0 + $1.score }
        #expect(abs(sum - scores[movie]) < 1e-4 * max(1, abs(scores[movie])))
      }
    }
  }

  @Test(arguments: models)
  func `the own shelf comes first`(name: String) throws {
    let model = try fitted(name, to: Self.shelves)
    var hits = 0
    for shelf in 0..<3 {
      let ratings = [0, 3, 6, 9, 12].map { MovieRating(movie: Int32($0 + shelf), value: 5) }
      var scores = model.scores(model.foldIn(ratings))
      for rating in ratings { scores[Int(rating.movie)] = -.infinity }
      hits += scores.indices.sorted { scores[$0] > scores[$1] }.prefix(10).filter { $0 % 3 == shelf }.count
    }
    #expect(hits >= 27)
  }
}

@Suite struct ListSpecialsTests {
  @Test func `with a half-life old ratings fade`() throws {
    var table = RatingTable()
    let day: UInt32 = 86_400
    for user in 0..<4 as Range<Int32> {
      table.append(user: user, movie: 0, value: 4, time: 1_000_000)
      if user < 2 { table.append(user: user, movie: 1, value: 4, time: 1_000_000 + 30 * day) }
    }
    let training = TrainingSet(
      table, users: (0..<4).map { User(id: .number($0)) },
      movies: (0..<2).map { Movie(id: .number($0), title: "") }, scale: .wholeStars)
    let scores = { (halfLife: Double) throws in
      let model = try fitted("popularity", to: training, overrides: ["half-life": halfLife])
      return model.scores(model.foldIn([]))
    }
    #expect(try scores(0) == [1, 0.5])
    #expect(try scores(15) == [0.25, 0.5])
  }

  /// A film that nobody rated, of the genre that half of the users love.
  @Test(arguments: ["bpr", "warp"])
  func `a cold film is placed by its genre`(name: String) throws {
    let shelves = ListTasteTests.shelves
    var movies = shelves.movies
    for movie in movies.indices { movies[movie].genres = ["Genre \(movie % 3)"] }
    for shelf in 0..<3 { movies.append(Movie(id: .number(Int64(100 + shelf)), title: "", genres: ["Genre \(shelf)"])) }
    let training = TrainingSet(shelves.table, users: shelves.users, movies: movies, scale: shelves.scale)
    let model = try fitted(name, to: training)
    for shelf in 0..<3 {
      let ratings = [0, 3, 6, 9, 12].map { MovieRating(movie: Int32($0 + shelf), value: 5) }
      let scores = model.scores(model.foldIn(ratings))
      #expect((60..<63).max { scores[$0] < scores[$1] } == 60 + shelf)
    }
  }

  /// iALS with more factors than a block comes to the solution that solving all factors at once comes to.
  @Test func `block solves and whole solves agree in the end`() throws {
    let settings: [String: Double] = ["factors": 24, "sweeps": 60]
    let whole = try fitted("ials", to: ListTasteTests.shelves, overrides: settings)
    let blocks = try fitted("ials", to: ListTasteTests.shelves, overrides: settings.merging(["block": 8]) { $1 })
    let ratings = ListTasteTests.shelves.ratings(ofUser: 5)
    let a = whole.scores(whole.foldIn(ratings))
    let b = blocks.scores(blocks.foldIn(ratings))
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 0.02 })
  }

  /// The elastic net's conditions of optimality, from the data alone: x_j'(x_i − X b) = l1 + l2 b_j where b_j > 0, at
  /// most l1 elsewhere.
  @Test func `SLIM's weights are optimal`() throws {
    let training = ListTasteTests.shelves
    let model = try fitted("slim", to: training, overrides: ["l1": 2, "l2": 20, "positive-from": 0, "links": 5000])
    let columns = (0..<60).map { movie in
      (0..<90).map { training.byUser.position(row: $0, column: Int32(movie)) == nil ? Float(0) : 1 }
    }
    for target in [0, 7, 31] {
      // B_ji is the score of i for someone who likes j alone.
      let weights = (0..<60).map { other in
        other == target
          ? 0
          : model.reasons(
            for: target, profile: model.foldIn([MovieRating(movie: Int32(other), value: 5)]), count: 1
          ).first?.score ?? 0
      }
      let remainder = (0..<90).map { user in
        (0..<60).reduce(columns[target][user]) { $0 - weights[$1] * columns[$1][user] }
      }
      #expect(weights.contains { $0 > 0 } && weights.allSatisfy { $0 >= 0 })
      for other in 0..<60 where other != target {
        let pull = zip(columns[other], remainder).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        if weights[other] > 0 {
          #expect(abs(pull - 2 - 20 * weights[other]) < 0.05)
        } else {
          #expect(pull < 2.05)
        }
      }
    }
  }
}
