import Ingest
import Ratings

extension Workbench {
  /// Finds films that files name in the catalogue.
  var filmMatcher: FilmMatcher {
    FilmMatcher(dataset.movies, ratingCounts: (0..<dataset.movies.count).map { training.byMovie.count(ofRow: $0) })
  }

  /// The ratings of a newcomer's file by movie; of repeated movies the last counts.
  func newcomer(_ path: String) throws -> (ratings: [MovieRating], unmatched: [String]) {
    let films = try Ingest.newcomer(path).films
    let matcher = filmMatcher
    let most = films.lazy.filter { $0.best == nil }.map(\.rating).max() ?? 0
    var values: [Int32: Float] = [:]
    var unmatched: [String] = []
    for film in films {
      if let movie = matcher.match(film) {
        values[Int32(movie)] = dataset.scale.nearest(to: film.rating, outOf: film.best ?? dataset.scale.best(of: most))
      } else {
        unmatched.append(film.name)
      }
    }
    return (Self.ratings(values), unmatched)
  }

  private static func ratings(_ values: [Int32: Float]) -> [MovieRating] {
    values.sorted { $0.key < $1.key }.map { MovieRating(movie: $0.key, value: $0.value) }
  }
}
