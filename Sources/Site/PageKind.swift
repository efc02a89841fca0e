import Precompute
import Templates

/// The types of pages, each with a template of the same name in the theme.
package enum PageKind: String, CaseIterable, Sendable {
  case home, movie, member, shelf, shelves, titles, members, models, page, news, list, lists, search, rate, you
  case account
  case packedMember = "packed-member"
  case notFound = "not-found"
  case offline

  /// What the page declares beyond the frame.
  var fields: [TemplateField] {
    switch self {
    case .home: HomePage.fields
    case .movie: MoviePage.fields
    case .member: MemberPage.fields
    case .shelf: ShelfPage.fields
    case .shelves: ShelvesPage.fields
    case .titles: TitlesPage.fields
    case .members: MembersPage.fields
    case .models: ModelsPage.fields
    case .page: ContentPage.fields
    case .news: NewsPage.fields
    case .rate: RatePage.fields
    case .you: YouPage.fields
    case .list: ListPage.fields
    case .lists: ListsPage.fields
    case .search: SearchPage.fields
    case .notFound: NotFoundPage.fields
    case .account: AccountPage.fields
    case .packedMember: PackedMembers.fields
    case .offline: []
    }
  }
}

/// What all page models are made from.
final class PageContext: Sendable {
  let configuration: SiteConfiguration
  let address: Address
  let catalogue: Catalogue
  let cards: MovieCards
  let frame: PageFrame
  let schemas: [PageKind: TemplateSchema]
  /// The owner's lists.
  let lists: [FilmList]
  /// The images of posters.
  let posters: [PosterFile]
  /// The pictures that shared links show.
  let sharePictures: [SharePicture]
  let inks: PosterInks
  let drawings: SharePictureDrawings
  let memberWords: MemberWords
  /// Per movie: the positions in `lists` of those that have it.
  let listsOfMovie: [Int32: [Int]]

  init(
    configuration: SiteConfiguration, address: Address, catalogue: Catalogue, cards: MovieCards, frame: PageFrame,
    schemas: [PageKind: TemplateSchema], lists: [FilmList], posters: [PosterFile], inks: PosterInks
  ) {
    self.configuration = configuration
    self.address = address
    self.catalogue = catalogue
    self.cards = cards
    self.frame = frame
    self.schemas = schemas
    self.lists = lists
    self.posters = posters
    self.inks = inks
    drawings = SharePictureDrawings()
    memberWords = MemberWords(catalogue, address: address)
    let pictures = Set(cards.pictures + [PageFrame.standardPicture])
    sharePictures = pictures.sorted { ($0.palette, $0.motif) < ($1.palette, $1.motif) }
    var listsOfMovie: [Int32: [Int]] = [:]
    for (index, list) in lists.enumerated() {
      for film in list.films where listsOfMovie[film.movie]?.last != index {
        listsOfMovie[film.movie, default: []].append(index)
      }
    }
    self.listsOfMovie = listsOfMovie
  }

  /// The same with another catalogue of the same movies.
  init(_ other: PageContext, catalogue: Catalogue) {
    configuration = other.configuration
    address = other.address
    self.catalogue = catalogue
    cards = other.cards
    frame = other.frame
    schemas = other.schemas
    lists = other.lists
    posters = other.posters
    sharePictures = other.sharePictures
    inks = other.inks
    drawings = other.drawings
    memberWords = other.memberWords
    listsOfMovie = other.listsOfMovie
  }

  var precomputed: Precomputed { catalogue.precomputed }
  var texts: Texts { catalogue.texts }

  /// Where a member is shown, as the templates write it behind the way to the root.
  func memberLink(_ user: Int) -> String {
    let name = catalogue.userNames[user]
    return configuration.members == .packed
      ? address.link(PackedMembers.folder) + "?id=" + Address.inQuery(name) : address.link("users/\(name)/")
  }

  func object(_ kind: PageKind, _ page: PageFrame.Page, _ values: [TemplateValue]) -> TemplateObject {
    guard let schema = schemas[kind] else { preconditionFailure("\(kind.rawValue) has no schema") }
    return TemplateObject(schema, frame.values(page) + values)
  }

  /// "Page 3 of Comedy – Marquee".
  func documentTitle(_ title: String, page: Int = 0) -> String {
    page > 0
      ? texts(
        .documentTitlePage,
        ["title": texts.isolated(title), "page": String(page + 1), "site": texts.isolated(configuration.title)])
      : texts(.documentTitle, ["title": texts.isolated(title), "site": texts.isolated(configuration.title)])
  }
}
