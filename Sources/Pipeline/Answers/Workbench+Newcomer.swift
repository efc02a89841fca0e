import Ingest
import Ratings

extension Workbench {
  /// Finds films that files name in the catalogue.
  var filmMatcher: FilmMatcher { FilmMatcher(dataset.movies, ratingCounts: ratingCounts) }

  /// The ratings of a newcomer's file by movie, and what became of its lines.
  func newcomer(_ path: String) throws -> (ratings: [MovieRating], unmatched: [String], report: IngestReport) {
    let read = try Ingest.newcomer(path, among: dataset.movies, ratingCounts: ratingCounts, scale: dataset.scale)
    return (
      read.ratings.map { MovieRating(movie: Int32($0.movie), value: $0.stars) }, read.unmatched, read.report
    )
  }

  private var ratingCounts: [Int] { (0..<dataset.movies.count).map { training.byMovie.count(ofRow: $0) } }
}
