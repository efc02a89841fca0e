import Ingest
import Platform
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Workbench {
  /// The films of a list: a table of a film site (columns by their names, what stands above them is passed over), or one
  /// title or id a line, "Alien (1979)", "348", "tt0078748".
  ///
  /// - Returns: movies of the catalogue, each once, and the films that are not in it.
  func films(listedIn path: String) throws -> (movies: [Int32], unmatched: [String]) {
    guard let data = FileManager.default.contents(atPath: path) else { throw PlatformError.missing(path: path) }
    let rows = FilmListRows(String(decoding: data, as: UTF8.self))
    let matcher = filmMatcher
    var (movies, unmatched, known) = ([Int32](), [String](), Set<Int32>())
    for row in rows.films {
      let own = row.id.flatMap { dataset.movieIndex(of: SourceID($0)) }
      guard let index = own ?? matcher.match(row.film) else {
        unmatched.append(row.name)
        continue
      }
      if known.insert(Int32(index)).inserted { movies.append(Int32(index)) }
    }
    guard !rows.films.isEmpty else {
      throw WorkbenchError.badLine(path: path, line: 1, problem: "holds no films; write one title or id a line")
    }
    return (movies, unmatched)
  }
}

/// The lines of a list of films.
struct FilmListRows {
  struct Row {
    /// An id of the catalogue's own.
    var id: String?
    var film: ExportedFilm
    /// What the film is called where it is not found.
    var name: String
  }

  private(set) var films: [Row] = []

  private static let titles: Set = ["title", "name", "film", "movie"]
  private static let ids: Set = ["movieid", "movie_id"]
  private static let imdb: Set = ["const", "imdbid", "imdb_id", "imdb"]
  private static let tmdb: Set = ["tmdbid", "tmdb_id", "tmdb"]

  init(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      Self.fields(line.first == "\u{feff}" ? line.dropFirst() : line)
    }
    let header = lines.firstIndex { line in
      let words = Set(line.map { $0.lowercased() })
      return line.count > 1
        && (!words.isDisjoint(with: Self.imdb) || !words.isDisjoint(with: Self.tmdb)
          || !words.isDisjoint(with: Self.ids)
          || (words.contains("year") && !words.isDisjoint(with: Self.titles)))
    }
    guard let header else {
      films = lines.map { $0.joined(separator: ",") }.filter { !$0.isEmpty }.map { Self.row($0) }
      return
    }
    let words = lines[header].map { $0.lowercased() }
    let column = { (names: Set<String>) in words.firstIndex(where: names.contains) }
    let (title, year) = (column(Self.titles), words.firstIndex(of: "year"))
    let (id, imdb, tmdb) = (column(Self.ids), column(Self.imdb), column(Self.tmdb))
    for line in lines[(header + 1)...] where line.contains(where: { !$0.isEmpty }) {
      let field = { (place: Int?) -> String? in
        place.flatMap { $0 < line.count && !line[$0].isEmpty ? line[$0] : nil }
      }
      var film = Self.film(field(title) ?? "")
      film.year = field(year).flatMap { Int($0) } ?? film.year
      film.imdbID = field(imdb)
      film.tmdbID = field(tmdb).flatMap { Int($0) }
      let own = field(id)
      films.append(Row(id: own, film: film, name: field(title) ?? field(imdb) ?? field(tmdb) ?? own ?? "?"))
    }
  }

  /// A line by itself.
  private static func row(_ line: String) -> Row {
    let isNumber = line.allSatisfy(\.isNumber)
    var film = film(line)
    if line.hasPrefix("tt"), line.dropFirst(2).allSatisfy(\.isNumber) { film.imdbID = line }
    return Row(id: isNumber ? line : nil, film: film, name: line)
  }

  /// "Alien (1979)" in its parts.
  private static func film(_ text: String) -> ExportedFilm {
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "("),
      let year = Int(text[text.index(after: open)...].dropLast()), (1870...2200).contains(year)
    else { return ExportedFilm(listed: text) }
    var title = text[..<open]
    while title.last == " " { title.removeLast() }
    var film = ExportedFilm(listed: String(title))
    film.year = year
    return film
  }

  private static func fields(_ line: Substring) -> [String] {
    var (fields, field, isQuoted) = ([String](), "", false)
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, character == "," || character == "\t" || character == ";" {
        fields.append(field)
        field = ""
      } else {
        field.append(character)
      }
    }
    fields.append(field)
    return fields.map { field in
      var field = field[...].drop(while: \.isWhitespace)
      while field.last?.isWhitespace == true { field.removeLast() }
      return String(field)
    }
  }
}
