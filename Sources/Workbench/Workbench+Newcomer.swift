import Ingest
package import Ratings

extension Workbench {
  /// Finds films that files name in the catalogue.
  var filmMatcher: FilmMatcher { FilmMatcher(dataset.movies, ratingCounts: ratingCounts) }

  /// The ratings of a newcomer's file by movie, and what became of its lines.
  package func newcomer(_ path: String) throws -> (ratings: [MovieRating], unmatched: [String], readings: [String]) {
    let read: NewcomerRatings
    do {
      read = try Ingest.newcomer(path, among: dataset.movies, ratingCounts: ratingCounts, scale: dataset.scale)
    } catch IngestError.noRatings(_, let report) where report.badLineCount == 0 {
      // Somebody who has not rated anything yet, as on the site's page.
      return ([], [], report.words + [Self.strangers(path)])
    }
    let ratings = read.ratings.map { MovieRating(movie: Int32($0.movie), value: $0.stars) }
    let readings = read.report.words + read.report.files.map(\.description)
    return (ratings, read.unmatched, readings + (ratings.isEmpty ? [Self.strangers(path)] : []))
  }

  private static func strangers(_ path: String) -> String {
    "\(path): has no rating of a film of this catalogue; the list is what people like who have not rated anything"
  }

  private var ratingCounts: [Int] { (0..<dataset.movies.count).map { training.byMovie.count(ofRow: $0) } }
}
