import Precompute
import Ratings
import TestSupport
import Testing

@Suite struct `The map of taste` {
  @Test func `two tastes are two islands, and the same each time`() {
    let dataset = Dataset.twoTastes(users: 120, movies: 60, density: 0.6)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let map = TasteMap(training)
    #expect(map.movies.count == 60 && map == TasteMap(training))
    #expect(map.x.allSatisfy { (0...1).contains($0) } && map.y.allSatisfy { (0...1).contains($0) })
    // The nearest neighbour of nearly every film is one of its own taste.
    let own = map.movies.indices.filter { place in
      let near = map.movies.indices.filter { $0 != place }.min { one, other in
        func square(_ to: Int) -> Float {
          let (x, y) = (map.x[place] - map.x[to], map.y[place] - map.y[to])
          return x * x + y * y
        }
        return square(one) < square(other)
      }
      return near.map { map.movies[$0] % 2 == map.movies[place] % 2 } ?? false
    }
    #expect(own.count >= 57)
  }

  @Test func `few movies, or equal ratings, make no map or a flat one, never a NaN`() {
    let few = Dataset.made(users: 3, movies: 2, ratings: [(0, 0, 3), (1, 1, 4)])
    #expect(TasteMap(TrainingSet(few.ratings, of: few)).movies.isEmpty)
    let same = Dataset.made(
      users: 8, movies: 20, ratings: (0..<8).flatMap { user in (0..<20).map { (user, $0, 3) } })
    let map = TasteMap(TrainingSet(same.ratings, of: same))
    #expect(map.movies.count == 20)
    #expect((map.x + map.y).allSatisfy { $0.isFinite })
  }

  @Test func `users who like one genre and dislike another make them opposites`() {
    var dataset = Dataset.twoTastes(users: 60, movies: 40, density: 0.7)
    let movies = dataset.movies.enumerated().map { index, movie in
      Movie(id: movie.id, title: movie.title, year: movie.year, genres: [index % 2 == 0 ? "Drama" : "Comedy"])
    }
    dataset = Dataset(users: dataset.users, movies: movies, ratings: dataset.ratings, tags: [], scale: dataset.scale)
    let similarity = GenreSimilarity(TrainingSet(dataset.ratings, of: dataset))
    #expect(Set(similarity.genres) == ["Comedy", "Drama"])
    #expect(similarity[0, 0] == 1 && similarity[0, 1] < -0.9 && similarity[0, 1] == similarity[1, 0])
  }
}
