package import Markdown
import Platform
import Ratings

/// A list of films that the owner put together, with words about it.
package struct EditorsList: Sendable, Equatable {
  /// A film as the list names it: by id, title, or title and year.
  package struct Film: Sendable, Equatable {
    package var text: String
    /// Why it is on the list; empty where the list says nothing.
    package var note: String
    /// Its line in the list's file, from 1.
    package var line: Int

    package init(text: String, note: String = "", line: Int = 1) {
      self.text = text
      self.note = note
      self.line = line
    }
  }

  package var page: MarkdownPage
  package var films: [Film]

  package init(page: MarkdownPage, films: [Film]) {
    self.page = page
    self.films = films
  }

  /// The list that `document` holds: its front matter names the films, each as a text or as `film` and `note`.
  ///
  /// - Parameters:
  ///   - name: the file's name without its ending.
  ///   - text: the whole file, for the lines of the films.
  /// - Throws: if a setting is of another kind, with its line.
  package init(name: String, document: MarkdownDocument, text: String) throws(MarkdownError) {
    page = try MarkdownPage(name: name, document: document)
    films = []
    let start = document.frontMatter.line(of: "films") ?? 1
    func wrong() -> MarkdownError {
      .wrongType(
        path: document.path, line: start, key: "films",
        expected: "a list of films, each “title (year)” or “film” and “note”")
    }
    guard case .list(let items) = document.frontMatter["films"] else { throw wrong() }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var line = start
    for item in items {
      var film = Film(text: "")
      switch item {
      case .scalar(let text, _): film.text = text
      case .mapping(let entry):
        guard case .scalar(let text, _) = entry["film"] else { throw wrong() }
        film.text = text
        if case .scalar(let note, _) = entry["note"] { film.note = note }
      default: throw wrong()
      }
      // The first line from the one before on that holds the film's words; numbers and quotes stand as written.
      let rest = lines.dropFirst(line)
      film.line = (rest.firstIndex { $0.contains(film.text) } ?? line - 1) + 1
      line = film.line
      films.append(film)
    }
  }
}

/// A list whose films were found in the catalogue.
struct FilmList: Sendable {
  let page: MarkdownPage
  let folder: String
  let films: [(movie: Int32, note: String)]
}

/// Finds the movies that lists name.
struct MovieFinder {
  private var byName: [String: [Int32]] = [:]
  private let movies: [Movie]

  /// Complexity: O(movies).
  init(_ movies: [Movie]) {
    self.movies = movies
    for (index, movie) in movies.enumerated() {
      byName[Self.key(movie.title), default: []].append(Int32(index))
      if let year = movie.year { byName[Self.key("\(movie.title) \(year)"), default: []].append(Int32(index)) }
    }
  }

  private static func key(_ text: String) -> String {
    let words = TitleWords.words(of: text)
    return words.isEmpty ? text.trimmed : words.joined(separator: " ")
  }

  /// The movie that `film` names: by its id, or by title and year, or by a title that is the only one.
  ///
  /// - Throws: `SiteError.text` with the list's file and line and the nearest title.
  func movie(_ film: EditorsList.Film, path: String) throws(SiteError) -> Int32 {
    if let index = movies.firstIndex(where: { $0.id.description == film.text }) { return Int32(index) }
    var found = byName[Self.key(film.text)] ?? []
    // C# and C++ have the same words: then every mark counts.
    let exact = found.filter { film.text == name(Int($0)) || film.text == movies[Int($0)].title }
    if exact.count == 1 { found = exact }
    if found.count == 1 { return found[0] }
    guard found.isEmpty else {
      let ids = found.prefix(3).map { "\(name(Int($0))), id \(movies[Int($0)].id)" }.joined(separator: "; ")
      throw .text(
        path: path, line: film.line, problem: "“\(film.text)” may be one of \(found.count) films",
        advice: "name it by its year or id: \(ids)")
    }
    let nearest =
      Spelling.nearest(to: film.text, among: movies.indices.map { name($0) })
      ?? Spelling.nearest(to: film.text, among: movies.map(\.title))
    throw .text(
      path: path, line: film.line, problem: "no film is called “\(film.text)”",
      advice: nearest.map { "did you mean “\($0)”?" } ?? "name it by its title, title and year, or id")
  }

  private func name(_ index: Int) -> String {
    movies[index].year.map { "\(movies[index].title) (\($0))" } ?? movies[index].title
  }
}
