import Platform
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Enrichment {
  /// Writes `movies.csv` and `ratings.csv` as Ingest reads them.
  func write(_ found: [(movie: Movie, facts: FilmFacts)], scale: RatingScale) throws {
    var movies = "movieId,title,year,genres,directors,imdbId,tmdbId,runtime,language\n"
    var ratings = "userId,movieId,rating\n"
    for (movie, facts) in found {
      // Existing values of the data set are kept; only missing ones are filled.
      let genres = movie.genres.isEmpty ? facts.genres : movie.genres
      let directors = movie.directors.isEmpty ? facts.directors : movie.directors
      let fields: [String] = [
        movie.id.description, movie.title, Self.text(movie.year ?? facts.year), genres.joined(separator: "|"),
        directors.joined(separator: "|"), movie.imdbID ?? facts.imdbID ?? "", Self.text(movie.tmdbID ?? facts.tmdbID),
        Self.text(movie.runtime ?? facts.runtime), movie.language ?? facts.language ?? "",
      ]
      movies += fields.map(Self.quoted).joined(separator: ",") + "\n"
      for (critic, score) in [("metacritic", facts.metascore), ("rotten-tomatoes", facts.tomatometer)] {
        guard let score, (0...100).contains(score) else { continue }
        ratings += "\(critic),\(Self.quoted(movie.id.description)),\(Self.rating(score, scale))\n"
      }
    }
    try Self.write(Data(movies.utf8), to: "\(output)/movies.csv")
    try Self.write(Data(ratings.utf8), to: "\(output)/ratings.csv")
  }

  /// A score out of 100 as the nearest rating of the scale.
  static func rating(_ score: Int, _ scale: RatingScale) -> Float {
    let value = scale.minimum + (scale.maximum - scale.minimum) * Float(score) / 100
    let steps = ((value - scale.minimum) / scale.step).rounded()
    return min(scale.maximum, scale.minimum + steps * scale.step)
  }

  private static func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }

  private static func quoted(_ text: String) -> String {
    // No line breaks within records.
    CSVField.text(text).replacing("\n", with: " ").replacing("\r", with: " ")
  }
}
