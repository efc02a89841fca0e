import Precompute
import Ratings
import Templates

/// The page of one of the owner's lists, and the list as a table and as plain text.
enum ListPage {
  static let fields: [TemplateField] = [
    .text("heading"), .text("date"), .text("day"), .text("count"), .html("content"),
    .list("movies", MovieCards.notedSchema), .text("csvPath"), .text("textPath"),
    .list("others", ListsPage.listSchema), .flag("hasOthers"),
  ]

  static func object(_ index: Int, in context: PageContext) -> TemplateObject {
    let list = context.lists[index]
    let page = list.page
    let frame = PageFrame.Page(
      folder: list.folder, title: context.documentTitle(page.title),
      description: page.description.isEmpty ? context.configuration.description : page.description, section: .lists,
      kind: "article")
    let others = context.lists.indices.filter { $0 != index }.prefix(6)
    return context.object(
      .list, frame,
      [
        .text(page.title), .text(page.date), .text(context.texts.date(page.date)),
        .text(context.texts.count(.films, list.films.count)),
        .text(context.address.rebasing(page.html, root: context.address.root(from: list.folder))),
        .list(list.films.map { context.cards.noted($0.movie, $0.note) }), .text(list.folder + "list.csv"),
        .text(list.folder + "list.txt"), .list(others.map { ListsPage.value(of: context.lists[$0], in: context) }),
        .flag(!others.isEmpty),
      ])
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

/// All lists of the owner.
enum ListsPage {
  static let listSchema = TemplateSchema(
    "list link", [.text("title"), .text("path"), .text("note"), .text("count"), .list("movies", MovieCards.schema)])

  static let fields: [TemplateField] = [.list("lists", listSchema)]

  static func object(in context: PageContext) -> TemplateObject {
    let page = PageFrame.Page(
      folder: "lists/", title: context.documentTitle(context.texts(.listsTitle)),
      description: context.texts(.listsDescription), section: .lists)
    return context.object(.lists, page, [.list(context.lists.map { value(of: $0, in: context) })])
  }

  static func value(of list: FilmList, in context: PageContext) -> TemplateValue {
    .object(
      TemplateObject(
        listSchema,
        [
          .text(list.page.title), .text(context.address.link(list.folder)), .text(list.page.description),
          .text(context.texts.count(.films, list.films.count)),
          context.cards.list(list.films.prefix(4).map(\.movie)),
        ]))
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
