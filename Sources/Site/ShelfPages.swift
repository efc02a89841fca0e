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
    let texts = context.texts
    let count = texts.count(.films, shelf.movies.count)
    let heading = isGenre ? shelf.title : texts(.decadeHeading, ["decade": shelf.name])
    let frame = PageFrame.Page(
      folder: Pager.folder(shelf.folder, page: page), title: context.documentTitle(heading, page: page),
      description: texts(.shelfDescription, ["heading": heading, "films": count]), section: isGenre ? .genres : .decades
    )
    let others = (isGenre ? context.catalogue.genres : context.catalogue.decades).filter { $0.name != shelf.name }
    return context.object(
      .shelf, frame,
      [
        .text(heading), .text(count), .flag(isGenre),
        context.cards.list(shelf.movies[Pager.items(onPage: page, perPage: perPage, of: shelf.movies.count)]),
        Pager.value(folder: shelf.folder, page: page, count: pages, address: context.address),
        .list(
          others.prefix(24).map {
            .object(TemplateObject(PageFrame.linkSchema, [.text($0.title), .text(context.address.link($0.folder))]))
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
    let texts = context.texts
    let heading = texts(isGenres ? .genresTitle : .decadesTitle)
    let page = PageFrame.Page(
      folder: isGenres ? "genres/" : "decades/", title: context.documentTitle(heading),
      description: texts(isGenres ? .genresDescription : .decadesDescription),
      section: isGenres ? .genres : .decades)
    return context.object(
      .shelves, page,
      [
        .text(heading), .list(shelves.map { tile($0, in: context) }),
      ])
  }

  static func tile(_ shelf: Catalogue.Shelf, in context: PageContext) -> TemplateValue {
    .object(
      TemplateObject(
        tileSchema,
        [
          .text(shelf.title), .text(context.address.link(shelf.folder)),
          .text(PosterArt.classes(ofTile: shelf.folder, motif: shelf.motif)),
          .text(context.texts.count(.films, shelf.movies.count)),
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
    let count = context.texts.count(.films, alphabet.count)
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
      folder: Pager.folder("movies/", page: page),
      title: context.documentTitle(context.texts(.titlesTitle), page: page),
      description: context.texts(.titlesDescription, ["films": count]), section: .movies)
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
    let texts = context.texts
    let perPage = context.configuration.membersPerPage
    let range = Pager.items(onPage: page, perPage: perPage, of: precomputed.users.count)
    let members = range.map { user -> TemplateValue in
      let statistics = precomputed.statistics(ofUser: user)
      return .object(
        TemplateObject(
          memberSchema,
          [
            .text(texts(.memberName, ["id": precomputed.users[user].id.description])),
            .text(context.address.link("users/\(context.catalogue.userNames[user])/")),
            .text(texts.count(.ratings, statistics.count)),
            .text(statistics.count > 0 ? texts.decimal(Double(statistics.mean), places: 1) : ""),
          ]))
    }
    let frame = PageFrame.Page(
      folder: Pager.folder("users/", page: page), title: context.documentTitle(texts(.membersTitle), page: page),
      description: texts(.membersDescription), section: .members)
    return context.object(
      .members, frame,
      [
        .text(texts.count(.members, precomputed.users.count)), .list(members), .flag(!members.isEmpty),
        Pager.value(
          folder: "users/", page: page, count: Pager.pageCount(precomputed.users.count, perPage: perPage),
          address: context.address),
      ])
  }
}
