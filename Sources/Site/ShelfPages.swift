import Artwork
import Precompute
import Ratings
import Templates

/// What one page of a shelf is made from.
struct ShelfSource: PageSource {
  let shared: SharedContext
  @Counted var kind: ShelfKind
  @Counted var order: ShelfOrder
  @Counted var folder: String
  /// As the data spells it.
  @Counted var name: String
  @Counted var title: String
  @Counted var note: String
  /// How many movies are on the shelf.
  @Counted var count: Int
  /// Counted from 0.
  @Counted var page: Int
  /// The movies of the page.
  @Counted var movies: FilmRows<Int32>
  @Counted var others: [Link]

  private static let mostOthers = 24

  init(_ page: ShelfPage.Place, in context: PageContext, _ reader: inout SourceReader) {
    let shelf = page.shelf
    shared = context.shared
    _kind = reader.value(shelf.kind)
    _order = reader.value(page.order)
    _folder = reader.text(shelf.folder)
    _name = reader.text(shelf.name)
    _title = reader.text(shelf.title)
    _note = reader.text(shelf.note)
    _count = reader.value(shelf.movies.count)
    _page = reader.value(page.page)
    let items = Pager.items(
      onPage: page.page, perPage: shared.configuration.moviesPerPage, of: shelf.movies.count)
    _movies = reader.films(shelf.movies(in: page.order)[items], of: context.films)
    let others = (context.catalogue.shelves[shelf.kind] ?? []).lazy.filter { $0.folder != shelf.folder }
    _others = reader.links(others.prefix(Self.mostOthers).map { context.link($0.title, to: $0.folder) })
  }
}

/// One page of a genre, decade, mood or tag.
enum ShelfPage: SitePage {
  static let template = "shelf"

  /// Which page of which shelf.
  struct Place: Sendable {
    let shelf: Shelf
    let order: ShelfOrder
    let page: Int

    var folder: String { Pager.folder(shelf.folder + order.folder, page: page) }
  }

  /// An order in which the shelf can be read.
  private struct Order {
    let order: ShelfOrder
    let path: String
    let isCurrent: Bool

    static let model = PageModel<Order>("order") {
      Text("path", "The shelf in this order, behind `root`.") { $0.path }
      Flag("isFirst", "Whether it is the shelf's own order.") { $0.order == .first }
      Flag("isBest", "Whether the best rated come first.") { $0.order == .best }
      Flag("isNewest", "Whether the newest come first.") { $0.order == .newest }
      Flag("isCurrent", "Whether it is this page's order.") { $0.isCurrent }
    }
  }

  static let model = PageModel<ShelfSource>(template) {
    Text("heading", "What the shelf is called.") { heading($0) }
    Text("note", "More about a mood, in a sentence; otherwise empty.") { $0.note }
    Text("count", "How many films are on it, in words.") { films($0) }
    Text("lede", "How many films, in which order, in a sentence.") { lede($0) }
    Flag("isGenre", "Whether it is a genre.") { $0.kind == .genre }
    Flag("isDecade", "Whether it is a decade.") { $0.kind == .decade }
    Flag("isMood", "Whether it is a mood.") { $0.kind == .mood }
    Flag("isTag", "Whether it is a tag.") { $0.kind == .tag }
    List("orders", "The orders in which the shelf can be read.", of: Order.model) { shelf in
      shelf.kind.orders.lazy.map {
        Order(order: $0, path: shelf.shared.address.link(shelf.folder + $0.folder), isCurrent: $0 == shelf.order)
      }
    }
    Flag("hasOrders", "Whether there is more than one.") { $0.kind.orders.count > 1 }
    List("movies", "The films of this page.", sharing: MovieCard.model) { $0.movies.cards }
    Object("pager", "The pages of the shelf in this order; absent where there is one.", of: Pager.model) { shelf in
      let pages = Pager.pageCount(shelf.count, perPage: shelf.shared.configuration.moviesPerPage)
      return Pager(
        folder: shelf.folder + shelf.order.folder, page: shelf.page, count: pages, address: shelf.shared.address)
    }
    List("others", "Other shelves of the kind, at most 24.", announcedBy: "hasOthers", of: Link.model) { $0.others }
  }

  private static func heading(_ shelf: ShelfSource) -> String {
    switch shelf.kind {
    case .decade: shelf.shared.texts(.decadeHeading, ["decade": shelf.name])
    case .tag: shelf.shared.texts(.tagHeading, ["tag": shelf.title])
    case .genre, .mood: shelf.title
    }
  }

  private static func films(_ shelf: ShelfSource) -> String { shelf.shared.texts.count(.films, shelf.count) }

  private static func lede(_ shelf: ShelfSource) -> String {
    let order: TextName =
      switch shelf.order {
      case .first: .shelfFirst
      case .best: .shelfBest
      case .newest: .shelfNewest
      }
    return shelf.shared.texts(shelf.kind == .mood ? .shelfMood : order, ["films": films(shelf)])
  }

  static func head(_ shelf: ShelfSource) -> PageFrame.Page {
    PageFrame.Page(
      folder: Pager.folder(shelf.folder + shelf.order.folder, page: shelf.page),
      title: shelf.shared.documentTitle(heading(shelf), page: shelf.page),
      description: shelf.shared.texts(.shelfDescription, ["heading": heading(shelf), "films": lede(shelf)]),
      section: section(shelf.kind), isIndexed: shelf.order == .first)
  }

  static func section(_ kind: ShelfKind) -> PageFrame.Section {
    switch kind {
    case .genre: .genres
    case .decade: .decades
    case .mood, .tag: .moods
    }
  }

  /// They are on the page of all shelves of their kind: see `ShelvesPage`.
  static func files(of site: SiteParts) -> [SiteFile] { [] }

  /// The pages of all shelves of a kind, each order of a shelf by itself.
  static func file(_ kind: ShelfKind, of site: SiteParts) -> SiteFile {
    let context = site.context
    let places = (context.catalogue.shelves[kind] ?? []).flatMap { shelf in
      let pages = Pager.pageCount(shelf.movies.count, perPage: context.configuration.moviesPerPage)
      return kind.orders.flatMap { order in (0..<pages).map { Place(shelf: shelf, order: order, page: $0) } }
    }
    return file(
      of: site, count: places.count, isIndexed: { places[$0].order == .first },
      path: { places[$0].folder + "index.html" }, reading: { ShelfSource(places[$0], in: context, &$1) })
  }
}

/// A shelf among the others of its kind.
struct Tile {
  let shelf: Shelf
  let shared: SharedContext

  init(_ shelf: Shelf, _ shared: SharedContext) {
    self.shelf = shelf
    self.shared = shared
  }

  static let model = PageModel<Tile>("tile") {
    Text("name", "What the shelf is called.") { $0.shelf.title }
    Text("note", "More about a mood, in a sentence; otherwise empty.") { $0.shelf.note }
    Text("path", "The shelf, behind `root`.") { $0.shared.address.link($0.shelf.folder) }
    Text("poster", "The classes that draw its picture.") {
      PosterArt.classes(ofTile: $0.shelf.folder, motif: $0.shelf.motif)
    }
    Text("count", "How many films are on it, in words.") { $0.shared.texts.count(.films, $0.shelf.movies.count) }
  }
}

/// All shelves of a kind.
enum ShelvesPage: SitePage {
  static let template = "shelves"

  /// Which kind.
  struct Input {
    let kind: ShelfKind
    let context: PageContext
  }

  static let model = PageModel<Input>(template) {
    Text("heading", "What all shelves of the kind are called.") { $0.context.texts(title($0.kind)) }
    Text("lede", "What the page shows, in a sentence.") { $0.context.texts(description($0.kind)) }
    Flag("isTags", "Whether they are tags, which are shown smaller.") { $0.kind == .tag }
    List("tiles", "A tile for each shelf.", of: Tile.model) { input in
      (input.context.catalogue.shelves[input.kind] ?? []).lazy.map { Tile($0, input.context.shared) }
    }
  }

  private static func title(_ kind: ShelfKind) -> TextName {
    switch kind {
    case .genre: .genresTitle
    case .decade: .decadesTitle
    case .mood: .moodsTitle
    case .tag: .tagsTitle
    }
  }

  private static func description(_ kind: ShelfKind) -> TextName {
    switch kind {
    case .genre: .genresDescription
    case .decade: .decadesDescription
    case .mood: .moodsDescription
    case .tag: .tagsDescription
    }
  }

  static func head(_ input: Input) -> PageFrame.Page {
    let (kind, context) = (input.kind, input.context)
    return PageFrame.Page(
      folder: kind.folder, title: context.documentTitle(context.texts(title(kind))),
      description: context.texts(description(kind)), section: ShelfPage.section(kind))
  }

  /// Of each kind this page, and behind it those of its shelves.
  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return ShelfKind.allCases.flatMap { kind -> [SiteFile] in
      guard context.catalogue.shelves[kind]?.isEmpty == false else { return [] }
      return [
        file(of: site, path: { _ in kind.folder + "index.html" }) { _ in Input(kind: kind, context: context) },
        ShelfPage.file(kind, of: site),
      ]
    }
  }
}
