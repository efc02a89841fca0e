import Models
import Precompute
import Ratings
import TestSupport
import Testing

@Suite struct `The cold-start list` {
  /// Forty films, the later the less rated; the ten most rated are all dramas of one decade.
  private static let dataset: Dataset = {
    var ratings = RatingTable()
    for user in 0..<60 as Range<Int32> {
      for movie in 0..<40 as Range<Int32> where Int(user) < 60 - Int(movie) {
        ratings.append(user: user, movie: movie, value: Float(3 + (user + movie) % 3), time: 0)
      }
    }
    let genres = ["Comedy", "Western", "Horror", "Animation"]
    return Dataset(
      users: (0..<61).map { User(id: .number($0)) },
      movies: (0..<40).map { movie in
        movie < 10
          ? Movie(id: .number(Int64(movie)), title: "Drama \(movie)", year: 1990 + movie % 5, genres: ["Drama"])
          : Movie(
            id: .number(Int64(movie)), title: "Film \(movie)", year: 1950 + 10 * (movie % 5),
            genres: [genres[movie % 4]])
      }, ratings: ratings, scale: .wholeStars)
  }()

  private static func list(by name: String, user: Int?) throws -> RecommendationList {
    let training = TrainingSet(dataset.ratings, of: dataset)
    let fit = { (name: String) throws -> NamedModel in
      let type = try ModelCatalogue.model(named: name)
      return NamedModel(
        name: name, model: try type.fit(training, settings: ModelSettings(type.descriptor), context: FitContext()))
    }
    let maker = ListMaker(
      stars: try fit("biases"), interval: PredictionInterval([], scale: dataset.scale), training: training, count: 10,
      includesSeen: false)
    let model = try fit(name)
    return user.map { maker.list(by: model, user: $0) } ?? maker.list(by: model, newcomer: [])
  }

  @Test(arguments: ["popularity", "ease", "ials"])
  func `is popular and varied`(model: String) throws {
    let list = try Self.list(by: model, user: nil).entries[0]
    let movies = list.map { Self.dataset.movies[Int($0.movie)] }
    #expect(list.count == 10 && Set(list.map(\.movie)).count == 10)
    #expect(Set(movies.flatMap(\.genres)).count >= 4)
    #expect(Set(movies.compactMap(\.decade)).count >= 3)
    #expect(movies.contains { $0.genres == ["Drama"] })
    #expect(zip(list, list.dropFirst()).allSatisfy { $0.score >= $1.score })
  }

  @Test func `begins with the most popular film`() throws {
    #expect(try Self.list(by: "popularity", user: nil).entries[0].first?.movie == 0)
  }

  /// User 60 is in the data without a rating.
  @Test func `is that of a member without ratings, too`() throws {
    let newcomer = try Self.list(by: "popularity", user: nil)
    let member = try Self.list(by: "popularity", user: 60)
    #expect(member.entries[0].map(\.movie) == newcomer.entries[0].map(\.movie))
  }
}
