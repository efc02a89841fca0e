import Platform
import Precompute
import Ratings
import Templates

/// The page of one of the owner's lists, and the list as a table and as plain text.
enum ListPage: SitePage {
  static let template = "list"

  /// A list among the others.
  struct Input {
    let list: FilmList
    let others: [FilmList]
    let context: PageContext
  }

  static let model = PageModel<Input>(template) {
    Text("heading", "The list's title.") { $0.list.page.title }
    Text("date", "The list's date, as `2026-11-30`; may be empty.") { $0.list.page.date }
    Text("day", "The date in the site's language.") { $0.context.texts.date($0.list.page.date) }
    Text("count", "How many films it has, in words.") { $0.context.texts.count(.films, $0.list.films.count) }
    HTML("content", "What the editors say about it, made from Markdown.") {
      $0.context.address.rebasing($0.list.page.html, root: $0.context.address.root(from: $0.list.folder))
    }
    List("movies", "The list's films in its order, each with the editors' note.", of: NotedMovie.model) { input in
      input.list.films.lazy.map { NotedMovie(card: input.context.cards[$0.movie], note: $0.note) }
    }
    Text("csvPath", "The list as a CSV file for other services, behind `root`.") { csvPath($0.list) }
    Text("textPath", "The list as a text file of titles, behind `root`.") { textPath($0.list) }
    List("others", "Other lists, at most six.", announcedBy: "hasOthers", of: ListLink.model) { input in
      input.others.lazy.map { ListLink(list: $0, context: input.context) }
    }
  }

  static func head(_ input: Input) -> PageFrame.Page {
    let (page, context) = (input.list.page, input.context)
    return PageFrame.Page(
      folder: input.list.folder, title: context.documentTitle(page.title),
      description: page.description.isEmpty ? context.configuration.description : page.description, section: .lists,
      kind: "article")
  }

  private static func csvPath(_ list: FilmList) -> String { list.folder + "list.csv" }
  private static func textPath(_ list: FilmList) -> String { list.folder + "list.txt" }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    let lists = context.lists
    return [
      file(of: site, count: lists.count, path: { lists[$0].folder + "index.html" }) { index in
        let others = lists.indices.filter { $0 != index }.prefix(6).map { lists[$0] }
        return Input(list: lists[index], others: others, context: context)
      },
      SiteFile(count: lists.count, path: { csvPath(lists[$0]) }) { append(csvOf: lists[$0], in: context, to: &$1) },
      SiteFile(count: lists.count, path: { textPath(lists[$0]) }) { append(textOf: lists[$0], in: context, to: &$1) },
    ]
  }

  /// The list as CSV (RFC 4180): place, title, year, id, IMDb id, note.
  static func append(csvOf list: FilmList, in context: PageContext, to bytes: inout [UInt8]) {
    bytes.append("place,title,year,id,imdb,note\r\n")
    for (position, film) in list.films.enumerated() {
      let movie = context.precomputed.movies[Int(film.movie)]
      bytes.append(number: position + 1)
      for field in [
        movie.title, movie.year.map(String.init) ?? "", movie.id.description, movie.imdbID ?? "", film.note,
      ] {
        bytes.append(",")
        bytes.append(csv: field)
      }
      bytes.append("\r\n")
    }
  }

  /// The list as lines of text.
  static func append(textOf list: FilmList, in context: PageContext, to bytes: inout [UInt8]) {
    bytes.append(list.page.title + "\n\n")
    for (position, film) in list.films.enumerated() {
      let movie = context.precomputed.movies[Int(film.movie)]
      bytes.append("\(position + 1). \(movie.title)" + (movie.year.map { " (\($0))" } ?? ""))
      bytes.append(film.note.isEmpty ? "\n" : ": \(film.note)\n")
    }
    bytes.append("\n\(context.address.canonical(list.folder))\n")
  }
}

/// What another page says of a list.
struct ListLink {
  let list: FilmList
  let context: PageContext

  static let model = PageModel<ListLink>("list link") {
    Text("title", "The list's title.") { $0.list.page.title }
    Text("path", "Its page, behind `root`.") { $0.context.address.link($0.list.folder) }
    Text("note", "What it is about; may be empty.") { $0.list.page.description }
    Text("count", "How many films it has, in words.") { $0.context.texts.count(.films, $0.list.films.count) }
    List("movies", "Its first four films.", sharing: MovieCard.model) {
      $0.context.cards.list($0.list.films.prefix(4).map(\.movie))
    }
  }
}

/// All lists of the owner.
enum ListsPage: SitePage {
  static let template = "lists"

  static let model = PageModel<PageContext>(template) {
    List("lists", "All lists, in the editors' order.", of: ListLink.model) { context in
      context.lists.lazy.map { ListLink(list: $0, context: context) }
    }
  }

  static func head(_ context: PageContext) -> PageFrame.Page {
    PageFrame.Page(
      folder: "lists/", title: context.documentTitle(context.texts(.listsTitle)),
      description: context.texts(.listsDescription), section: .lists)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return context.lists.isEmpty ? [] : [file(of: site, path: { _ in "lists/index.html" }) { _ in context }]
  }
}

extension [UInt8] {
  /// A field of a CSV file in quotes. What a spreadsheet would take for a formula begins with an apostrophe.
  mutating func append(csv field: String) {
    append("\"")
    if let first = field.utf8.first, "=+-@\t\r".utf8.contains(first) { append("'") }
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { append("\"\"") } else { append(byte) }
    }
    append("\"")
  }
}
