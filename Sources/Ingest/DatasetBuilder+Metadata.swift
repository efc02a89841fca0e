import Ratings

extension DatasetBuilder {
  /// Reads `movies_metadata.csv`, TMDb's table as distributed with MovieLens's ratings: `id` is TMDb's, `genres` a list
  /// of objects.
  mutating func readMetadata(_ file: OpenFile) throws {
    try forEachRecord(file, needs: [["id"], FormatKnowledge.aliases(.title)]) { builder, record throws(LineFlaw) in
      guard let id = Text.tmdbID(record[["id"]]) else { throw .idNotANumber(.movie, String(record[["id"]].prefix(40))) }
      var facts = Catalogue.MovieFacts()
      let year = Int(record[["releasedate", "year"]].prefix(4)).flatMap { Title.years.contains($0) ? $0 : nil }
      facts.list(nil, genres: Self.names(in: record[.genres]), year: year)
      facts.title = record[.title].isEmpty ? nil : record[.title]
      facts.imdbID = Text.imdbID(record[.imdb])
      facts.tmdbID = id
      facts.list(runtime: FilmRuntime.minutes(record[.runtime]), language: FilmLanguage.code(record[.language]))
      builder.pending.metadata[id] = facts
    }
  }

  /// The names in "[{'id': 16, 'name': 'Animation'}, …]".
  private static func names(in text: String) -> [String] {
    text.split(separator: "'name':").dropFirst().compactMap { part in
      let quoted = part.drop { $0 != "'" && $0 != "\"" }
      guard let mark = quoted.first else { return nil }
      let name = quoted.dropFirst().prefix { $0 != mark }
      return name.isEmpty ? nil : String(name)
    }
  }

  /// Lists films whose TMDb ids are known from links, with the facts in TMDb's table.
  mutating func placeMetadata() {
    guard !pending.metadata.isEmpty else { return }
    for movie in catalogue.movies.indices {
      guard let id = catalogue.movies[movie].tmdbID, let facts = pending.metadata[id],
        catalogue.movies[movie].title == nil
      else { continue }
      catalogue.movies[movie].list(nil, genres: facts.genres, year: facts.year)
      catalogue.movies[movie].title = facts.title
      catalogue.movies[movie].list(runtime: facts.runtime, language: facts.language)
      catalogue.movies[movie].imdbID = catalogue.movies[movie].imdbID ?? facts.imdbID
    }
  }
}
