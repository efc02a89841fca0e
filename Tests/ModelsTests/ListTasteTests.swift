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
  func `dislikes alone are no taste`(name: String) throws {
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
