import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `The compact model` {
  private static func models(_ dataset: Dataset) throws -> (als: ALSModel, compact: CompactModel, movies: [Int32]) {
    let training = TrainingSet(dataset.ratings, of: dataset)
    let als = ALSModel.fit(training, settings: try ModelSettings(ALSModel.descriptor), context: FitContext())
    let movies = (0..<Int32(training.movieCount)).map { $0 }
    let compact = CompactModel(
      als, movies: movies, ratingCounts: movies.map { training.byMovie.count(ofRow: Int($0)) },
      interval: PredictionInterval([], scale: dataset.scale))
    return (als, compact, movies)
  }

  @Test func `gives the stars of the model that it was made from, but for what rounding takes`() throws {
    let (als, compact, movies) = try Self.models(.twoTastes(users: 200, movies: 120, density: 0.3))
    var sum = 0.0
    for shift in 0..<10 {
      let ratings = (0..<8).map { (movie: (shift + 7 * $0) % 120, stars: Float(($0 + shift) % 9 + 2) / 2) }
        .sorted { $0.movie < $1.movie }
      let whole = als.foldIn(ratings.map { MovieRating(movie: Int32($0.movie), value: $0.stars) })
      let small = compact.foldIn(ratings.map { (film: $0.movie, stars: $0.stars) })
      for movie in movies {
        let difference = als.predict(whole, movie: Int(movie)) - compact.predict(small, film: Int(movie)).stars
        #expect(abs(difference) < 0.15)
        sum += Double(difference * difference)
      }
    }
    #expect((sum / Double(10 * movies.count)).squareRoot() < 0.03)
  }

  @Test func `takes at most 40 bytes a film`() throws {
    let (_, compact, movies) = try Self.models(.twoTastes(users: 100, movies: 1000, density: 0.05))
    #expect(compact.bytes.count <= 40 * movies.count)
  }

  @Test func `reads its own bytes and no others`() throws {
    let (_, compact, _) = try Self.models(.twoTastes())
    let again = try #require(CompactModel(bytes: compact.bytes))
    let ratings = [(film: 2, stars: Float(5)), (film: 3, stars: Float(1))]
    #expect(again.predict(again.foldIn(ratings), film: 4) == compact.predict(compact.foldIn(ratings), film: 4))
    for count in [0, 7, 8, 15, 16, 80, compact.bytes.count - 1] {
      #expect(CompactModel(bytes: Array(compact.bytes.prefix(count))) == nil)
    }
    #expect(CompactModel(bytes: [0] + compact.bytes.dropFirst()) == nil)
  }

  @Test func `without ratings it predicts what everybody thinks, and nothing known of anybody is no trouble`() throws {
    let (als, compact, movies) = try Self.models(.twoTastes(users: 200, movies: 120, density: 0.3))
    let (whole, small) = (als.foldIn([]), compact.foldIn([]))
    for movie in movies {
      #expect(abs(als.predict(whole, movie: Int(movie)) - compact.predict(small, film: Int(movie)).stars) < 0.01)
    }
    let (_, empty, _) = try Self.models(.made(users: 2, movies: 3, ratings: []))
    #expect(empty.predict(empty.foldIn([(film: 0, stars: 5)]), film: 1).stars.isFinite)
    #expect(Set(empty.mostInformativeFilms(10, among: 10)).count == 3)
  }

  @Test func `asks for each film once, and first for one that tells the two tastes apart`() throws {
    let (_, compact, _) = try Self.models(.twoTastes(users: 200, movies: 120, density: 0.3))
    let films = compact.mostInformativeFilms(20, among: 60)
    #expect(films.count == 20 && Set(films).count == 20 && films.allSatisfy { $0 < 60 })
    let even = compact.foldIn([(film: films[0], stars: films[0] % 2 == 0 ? 5 : 1)])
    let odd = compact.foldIn([(film: films[0], stars: films[0] % 2 == 0 ? 1 : 5)])
    #expect(compact.predict(even, film: 100).stars > compact.predict(odd, film: 100).stars)
  }
}
