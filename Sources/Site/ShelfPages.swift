import Precompute
import Ratings
import Templates

/// One page of a genre or decade.
enum ShelfPage {
  static let fields: [TemplateField] = [
    .text("heading"), .text("count"), .flag("isGenre"), .list("movies", MovieCards.schema),
    .object("pager", Pager.schema), .list("others", PageFrame.linkSchema), .flag("hasOthers"),
  ]

  static func object(_ shelf: Catalogue.Shelf, page: Int, isGenre: Bool, in context: PageContext) -> TemplateObject {
    let perPage = context.configuration.moviesPerPage
    let pages = Pager.pageCount(shelf.movies.count, perPage: perPage)
    let count = Numerals.count(shelf.movies.count, "film", "films")
    let heading = isGenre ? shelf.name : "The " + shelf.name
    let frame = PageFrame.Page(
      folder: Pager.folder(shelf.folder, page: page), title: context.documentTitle(heading, page: page),
      description: "\(heading): \(count), the best known first.", section: isGenre ? .genres : .decades)
    let others = (isGenre ? context.catalogue.genres : context.catalogue.decades).filter { $0.name != shelf.name }
    return context.object(
      .shelf, frame,
      [
        .text(heading), .text(count), .flag(isGenre),
        context.cards.list(shelf.movies[Pager.items(onPage: page, perPage: perPage, of: shelf.movies.count)]),
        Pager.value(folder: shelf.folder, page: page, count: pages, address: context.address),
        .list(
          others.prefix(24).map {
            .object(TemplateObject(PageFrame.linkSchema, [.text($0.name), .text(context.address.link($0.folder))]))
          }),
        .flag(!others.isEmpty),
      ])
  }
}

/// All genres or all decades.
enum ShelvesPage {
  static let tileSchema = TemplateSchema("tile", [.text("name"), .text("path"), .text("poster"), .text("count")])

  static let fields: [TemplateField] = [
    .text("heading"), .list("tiles", tileSchema),
  ]

  static func object(isGenres: Bool, in context: PageContext) -> TemplateObject {
    let shelves = isGenres ? context.catalogue.genres : context.catalogue.decades
    let heading = isGenres ? "Genres" : "Decades"
    let page = PageFrame.Page(
      folder: isGenres ? "genres/" : "decades/", title: context.documentTitle(heading),
      description: isGenres ? "All genres of the catalogue." : "The catalogue by decade.",
      section: isGenres ? .genres : .decades)
    return context.object(
      .shelves, page,
      [
        .text(heading), .list(shelves.map { tile($0, address: context.address) }),
      ])
  }

  static func tile(_ shelf: Catalogue.Shelf, address: Address) -> TemplateValue {
    .object(
      TemplateObject(
        tileSchema,
        [
          .text(shelf.name), .text(address.link(shelf.folder)),
          .text(PosterArt.classes(ofTile: shelf.name, motif: shelf.motif)),
          .text(Numerals.count(shelf.movies.count, "film", "films")),
        ]))
  }
}

/// One page of the list of all movies.
enum TitlesPage {
  private static let letterSchema = TemplateSchema(
    "letter", [.text("letter"), .text("path"), .flag("isCurrent")])

  static let fields: [TemplateField] = [
    .text("count"), .list("letters", letterSchema), .list("movies", MovieCards.schema), .flag("hasMovies"),
    .object("pager", Pager.schema), .text("from"), .text("to"),
  ]

  static func object(_ page: Int, in context: PageContext) -> TemplateObject {
    let alphabet = context.catalogue.alphabet
    let perPage = context.configuration.titlesPerPage
    let items = alphabet[Pager.items(onPage: page, perPage: perPage, of: alphabet.count)]
    let count = Numerals.count(alphabet.count, "film", "films")
    let letters = context.catalogue.letters.map { letter, first -> TemplateValue in
      let target = first / perPage
      return .object(
        TemplateObject(
          letterSchema,
          [
            .text(letter), .text(context.address.link(Pager.folder("movies/", page: target))),
            .flag(letter == items.first?.letter),
          ]))
    }
    let frame = PageFrame.Page(
      folder: Pager.folder("movies/", page: page), title: context.documentTitle("All films", page: page),
      description: "All \(count) of the catalogue from A to Z.", section: .movies)
    return context.object(
      .titles, frame,
      [
        .text(count), .list(letters), context.cards.list(items.map(\.movie)), .flag(!items.isEmpty),
        Pager.value(
          folder: "movies/", page: page, count: Pager.pageCount(alphabet.count, perPage: perPage),
          address: context.address),
        .text(items.first?.letter ?? ""),
        items.last?.letter == items.first?.letter ? .null : .text(items.last?.letter ?? ""),
      ])
  }
}

/// One page of the index of members.
enum MembersPage {
  private static let memberSchema = TemplateSchema(
    "member", [.text("name"), .text("path"), .text("count"), .text("mean")])

  static let fields: [TemplateField] = [
    .text("count"), .list("members", memberSchema), .flag("hasMembers"), .object("pager", Pager.schema),
  ]

  static func object(_ page: Int, in context: PageContext) -> TemplateObject {
    let precomputed = context.precomputed
    let perPage = context.configuration.membersPerPage
    let range = Pager.items(onPage: page, perPage: perPage, of: precomputed.users.count)
    let members = range.map { user -> TemplateValue in
      let statistics = precomputed.statistics(ofUser: user)
      return .object(
        TemplateObject(
          memberSchema,
          [
            .text("Member \(precomputed.users[user].id)"),
            .text(context.address.link("users/\(context.catalogue.userNames[user])/")),
            .text(Numerals.count(statistics.count, "rating", "ratings")),
            .text(statistics.count > 0 ? Numerals.decimal(Double(statistics.mean), places: 1) : ""),
          ]))
    }
    let frame = PageFrame.Page(
      folder: Pager.folder("users/", page: page), title: context.documentTitle("Members", page: page),
      description: "The members, each with a list of films picked for them.", section: .members)
    return context.object(
      .members, frame,
      [
        .text(Numerals.count(precomputed.users.count, "member", "members")), .list(members), .flag(!members.isEmpty),
        Pager.value(
          folder: "users/", page: page, count: Pager.pageCount(precomputed.users.count, perPage: perPage),
          address: context.address),
      ])
  }
}
