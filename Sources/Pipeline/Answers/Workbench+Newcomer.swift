import Ingest
import Ratings

extension Workbench {
  /// The ratings of a newcomer's file by movie; of repeated movies the last counts.
  func newcomer(_ path: String) throws -> (ratings: [MovieRating], unmatched: [String]) {
    if let export = try Ingest.personalExport(path) { return newcomer(export.films) }
    let file = try RowFile(path: path, minimumFields: 2) { Float($0[1]) == nil && $0[0].lowercased().contains("movie") }
    var values: [Int32: Float] = [:]
    var unmatched: [String] = []
    for (line, fields) in file.rows {
      guard let value = Float(fields[1]), value >= dataset.scale.minimum, value <= dataset.scale.maximum else {
        throw PipelineError.badLine(
          path: path, line: line,
          problem:
            "“\(fields[1])” is no rating from \(dataset.scale.minimum) to \(dataset.scale.maximum); mend the line")
      }
      if let movie = movie(fields[0]) { values[Int32(movie)] = value } else { unmatched.append(fields[0]) }
    }
    return (Self.ratings(values), unmatched)
  }

  /// The ratings of a personal export whose films the catalogue has.
  private func newcomer(_ films: [ExportedFilm]) -> (ratings: [MovieRating], unmatched: [String]) {
    let matcher = FilmMatcher(dataset.movies)
    var values: [Int32: Float] = [:]
    var unmatched: [String] = []
    for film in films {
      if let movie = matcher.match(film) {
        values[Int32(movie)] = dataset.scale.fromHalfStars(film.stars)
      } else {
        unmatched.append(film.year.map { "\(film.title) (\($0))" } ?? film.title)
      }
    }
    return (Self.ratings(values), unmatched)
  }

  private static func ratings(_ values: [Int32: Float]) -> [MovieRating] {
    values.sorted { $0.key < $1.key }.map { MovieRating(movie: $0.key, value: $0.value) }
  }
}
