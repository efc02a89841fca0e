import Precompute
import Ratings
import Templates

/// One page of a genre, decade, mood or tag.
enum ShelfPage {
  private static let orderSchema = TemplateSchema(
    "order", [.text("path"), .flag("isFirst"), .flag("isBest"), .flag("isNewest"), .flag("isCurrent")])

  static let fields: [TemplateField] = [
    .text("heading"), .text("note"), .text("count"), .text("lede"), .flag("isGenre"), .flag("isDecade"),
    .flag("isMood"), .flag("isTag"), .list("orders", orderSchema), .flag("hasOrders"),
    .list("movies", MovieCards.schema), .object("pager", Pager.schema), .list("others", PageFrame.linkSchema),
    .flag("hasOthers"),
  ]

  static func object(
    _ kind: ShelfKind, _ index: Int, _ order: ShelfOrder, page: Int, in context: PageContext
  ) -> TemplateObject {
    let shelves = context.catalogue.shelves[kind] ?? []
    let shelf = shelves[index]
    let perPage = context.configuration.moviesPerPage
    let pages = Pager.pageCount(shelf.movies.count, perPage: perPage)
    let texts = context.texts
    let count = texts.count(.films, shelf.movies.count)
    let heading =
      kind == .decade
      ? texts(.decadeHeading, ["decade": shelf.name])
      : kind == .tag ? texts(.tagHeading, ["tag": shelf.title]) : shelf.title
    let lede: TextName =
      kind == .mood ? .shelfMood : order == .best ? .shelfBest : order == .newest ? .shelfNewest : .shelfFirst
    let folder = shelf.folder + order.folder
    let frame = PageFrame.Page(
      folder: Pager.folder(folder, page: page), title: context.documentTitle(heading, page: page),
      description: texts(.shelfDescription, ["heading": heading, "films": texts(lede, ["films": count])]),
      section: section(kind), isIndexed: order == .first)
    let movies = shelf.movies(in: order)[Pager.items(onPage: page, perPage: perPage, of: shelf.movies.count)]
    let others = shelves.indices.filter { $0 != index }.prefix(24).map { shelves[$0] }
    return context.object(
      .shelf, frame,
      [
        .text(heading), .text(shelf.note), .text(count), .text(texts(lede, ["films": count])), .flag(kind == .genre),
        .flag(kind == .decade), .flag(kind == .mood), .flag(kind == .tag),
        .list(
          kind.orders.map { other in
            .object(
              TemplateObject(
                orderSchema,
                [
                  .text(context.address.link(shelf.folder + other.folder)), .flag(other == .first),
                  .flag(other == .best), .flag(other == .newest), .flag(other == order),
                ]))
          }),
        .flag(kind.orders.count > 1), context.cards.list(movies),
        Pager.value(folder: folder, page: page, count: pages, address: context.address),
        .list(
          others.map {
            .object(TemplateObject(PageFrame.linkSchema, [.text($0.title), .text(context.address.link($0.folder))]))
          }),
        .flag(!others.isEmpty),
      ])
  }

  static func section(_ kind: ShelfKind) -> PageFrame.Section {
    switch kind {
    case .genre: .genres
    case .decade: .decades
    case .mood, .tag: .moods
    }
  }
}

/// All shelves of a kind.
enum ShelvesPage {
  static let tileSchema = TemplateSchema(
    "tile", [.text("name"), .text("note"), .text("path"), .text("poster"), .text("count")])

  static let fields: [TemplateField] = [
    .text("heading"), .text("lede"), .flag("isTags"), .list("tiles", tileSchema),
  ]

  static func object(_ kind: ShelfKind, in context: PageContext) -> TemplateObject {
    let shelves = context.catalogue.shelves[kind] ?? []
    let (title, description): (TextName, TextName) =
      switch kind {
      case .genre: (.genresTitle, .genresDescription)
      case .decade: (.decadesTitle, .decadesDescription)
      case .mood: (.moodsTitle, .moodsDescription)
      case .tag: (.tagsTitle, .tagsDescription)
      }
    let heading = context.texts(title)
    let page = PageFrame.Page(
      folder: kind.folder, title: context.documentTitle(heading), description: context.texts(description),
      section: ShelfPage.section(kind))
    return context.object(
      .shelves, page,
      [
        .text(heading), .text(context.texts(description)), .flag(kind == .tag),
        .list(shelves.map { tile($0, in: context) }),
      ])
  }

  static func tile(_ shelf: Shelf, in context: PageContext) -> TemplateValue {
    .object(
      TemplateObject(
        tileSchema,
        [
          .text(shelf.title), .text(shelf.note), .text(context.address.link(shelf.folder)),
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
    .text("lookup"),
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
            .text(context.memberLink(user)),
            .text(texts.count(.ratings, statistics.count)),
            .text(statistics.count > 0 ? texts.rating(Double(statistics.mean)) : ""),
          ]))
    }
    let frame = PageFrame.Page(
      folder: Pager.folder("users/", page: page), title: context.documentTitle(texts(.membersTitle), page: page),
      description: texts(.membersDescription), section: .members)
    return context.object(
      .members, frame,
      [
        .text(texts.count(.members, precomputed.memberCount)), .list(members), .flag(!members.isEmpty),
        Pager.value(
          folder: "users/", page: page, count: Pager.pageCount(precomputed.users.count, perPage: perPage),
          address: context.address),
        precomputed.membersApart == nil ? .null : .text(context.address.link(PackedMembers.folder)),
      ])
  }
}
