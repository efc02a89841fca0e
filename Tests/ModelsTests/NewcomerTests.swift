import Models
import Ratings
import TestSupport
import Testing

/// Someone who comes with fifteen ratings is to be served at once as well as after the next build.
@Suite struct NewcomerTests {
  /// Few beside the members: what they teach about the movies when the model is trained with them is not the question.
  private static let newcomerCount = 16
  private static let givenCount = 15

  /// Ratings in half stars: additive effects, three tastes and noise.
  private struct Community {
    let members: TrainingSet
    /// Members and, after them, newcomers with the ratings that they bring.
    let everybody: TrainingSet
    /// What each newcomer thinks of all other movies.
    let hidden: [[MovieRating]]

    init(seed: UInt64) {
      let (users, movies) = (400, 160)
      var random = CounterRandom(seed: seed)
      let tastes = (0..<users).map { _ in (0..<3).map { _ in random.normalPair().0 } }
      let kinds = (0..<movies).map { _ in (0..<3).map { _ in random.normalPair().0 } }
      let userEffects = (0..<users).map { _ in 0.4 * random.normalPair().0 }
      let movieEffects = (0..<movies).map { _ in 0.5 * random.normalPair().0 }
      let rate = { (user: Int, movie: Int, random: inout CounterRandom) -> Float in
        let taste = zip(tastes[user], kinds[movie]).reduce(0.0) { $0 + $1.0 * $1.1 }
        let stars = 3.4 + userEffects[user] + movieEffects[movie] + 0.35 * taste + 0.7 * random.normalPair().0
        return Float(max(1, min(10, (stars * 2).rounded()))) / 2
      }
      var table = RatingTable()
      var all = RatingTable()
      var hidden: [[MovieRating]] = []
      for user in 0..<users {
        let isNewcomer = user >= users - NewcomerTests.newcomerCount
        var seen = (0..<movies).filter { _ in random.uniform() < 0.25 }
        let keys = seen.map { CounterRandom.mix(UInt64($0 + user * movies)) }
        let order = seen.indices.sorted { keys[$0] < keys[$1] }
        let given = isNewcomer ? order.prefix(NewcomerTests.givenCount).map { seen[$0] }.sorted() : seen
        if isNewcomer { seen = (0..<movies).filter { !given.contains($0) } }
        for movie in given {
          let value = rate(user, movie, &random)
          all.append(user: Int32(user), movie: Int32(movie), value: value, time: 0)
          if !isNewcomer { table.append(user: Int32(user), movie: Int32(movie), value: value, time: 0) }
        }
        if isNewcomer {
          hidden.append(seen.map { MovieRating(movie: Int32($0), value: rate(user, $0, &random)) })
        }
      }
      let catalogue = (0..<movies).map { Movie(id: .number(Int64($0)), title: "") }
      let people = (0..<users).map { User(id: .number(Int64($0))) }
      members = TrainingSet(
        table, users: Array(people.dropLast(NewcomerTests.newcomerCount)), movies: catalogue, scale: .halfStars)
      everybody = TrainingSet(all, users: people, movies: catalogue, scale: .halfStars)
      self.hidden = hidden
    }

    func rmse(_ profile: (Int) -> UserProfile, _ model: any Recommender) -> Double {
      var squares = 0.0
      for (newcomer, ratings) in hidden.enumerated() {
        let profile = profile(members.userCount + newcomer)
        for rating in ratings {
          let error = Double(model.predict(profile, movie: Int(rating.movie)) - rating.value)
          squares += error * error
        }
      }
      return (squares / Double(hidden.reduce(0) { $0 + $1.count })).squareRoot()
    }
  }

  @Test(.slow, arguments: starModels)
  func `a new user with fifteen ratings gets lists as good as after training with them`(name: String) throws {
    let community = Community(seed: 21)
    let model = try fitted(name, to: community.members)
    let folded = community.rmse({ model.foldIn(community.everybody.ratings(ofUser: $0)) }, model)
    let trained = try fitted(name, to: community.everybody)
    let retrained = community.rmse(
      { trained.profile(ofUser: $0, ratings: community.everybody.ratings(ofUser: $0)) }, trained)
    let stranger = model.foldIn([])
    let unknown = community.rmse({ _ in stranger }, model)
    // Where the trained model makes the same of them whether it knows them or not, folding in loses nothing: the rest is the
    // chance of another training, which moves trees and networks as far as another seed does.
    let known = community.rmse({ trained.foldIn(community.everybody.ratings(ofUser: $0)) }, trained)
    let isExact = abs(known - retrained) < 1e-5
    #expect(folded < retrained + (isExact ? 0.02 : 0.01), "folded in \(folded), trained \(retrained)")
    #expect(folded < unknown - 0.02, "the ratings must count: \(folded) against \(unknown) without any")
  }
}
