import Artwork
import Precompute
import Ratings
import Templates

/// What all pages share: settings, texts and addresses, and nothing of the data but the scale.
final class SharedContext: Sendable {
  let configuration: SiteConfiguration
  let address: Address
  let texts: Texts
  let scale: RatingScale

  init(_ configuration: SiteConfiguration, address: Address, texts: Texts, scale: RatingScale) {
    self.configuration = configuration
    self.address = address
    self.texts = texts
    self.scale = scale
    heat = HeatCells(texts)
  }

  /// The cells of members' heat maps.
  let heat: HeatCells

  /// The highest rating that can be given.
  var highest: String { texts.short(Double(scale.maximum)) }

  func link(_ title: String, to folder: String) -> Link { Link(title: title, path: address.link(folder)) }

  /// "Page 3 of Comedy – Marquee".
  func documentTitle(_ title: String, page: Int = 0) -> String {
    page > 0
      ? texts(
        .documentTitlePage,
        ["title": texts.isolated(title), "page": String(page + 1), "site": texts.isolated(configuration.title)])
      : texts(.documentTitle, ["title": texts.isolated(title), "site": texts.isolated(configuration.title)])
  }
}

/// What page models are made from.
final class PageContext: Sendable {
  let shared: SharedContext
  let catalogue: Catalogue
  let cards: MovieCards
  let frame: PageFrame
  /// The movies as the pages of movies, members and shelves show them.
  let films: FilmTable
  /// The owner's lists.
  let lists: [FilmList]
  /// The images of posters.
  let posters: [PosterFile]
  /// The pictures that shared links show.
  let sharePictures: [SharePicture]
  let inks: PosterInks
  let drawings: SharePictureDrawings
  let memberWords: MemberWords
  /// What each model is for, by its name.
  let purposes: [String: String]
  /// Per movie: the positions in `lists` of those that have it.
  let listsOfMovie: [Int32: [Int]]

  init(
    _ shared: SharedContext, catalogue: Catalogue, cards: MovieCards, frame: PageFrame, lists: [FilmList],
    posters: [PosterFile], inks: PosterInks, countsSources: Bool
  ) {
    self.shared = shared
    self.catalogue = catalogue
    self.cards = cards
    self.frame = frame
    films = FilmTable(catalogue, cards: cards, counts: countsSources)
    self.lists = lists
    self.posters = posters
    self.inks = inks
    drawings = SharePictureDrawings()
    memberWords = MemberWords(catalogue, shared)
    purposes = Dictionary(
      catalogue.precomputed.models.map { ($0.name, shared.texts.optional("model." + $0.name) ?? $0.purpose) }
    ) { first, _ in first }
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
    shared = other.shared
    self.catalogue = catalogue
    cards = other.cards
    frame = other.frame
    films = other.films
    lists = other.lists
    posters = other.posters
    sharePictures = other.sharePictures
    inks = other.inks
    drawings = other.drawings
    memberWords = other.memberWords
    purposes = other.purposes
    listsOfMovie = other.listsOfMovie
  }

  var configuration: SiteConfiguration { shared.configuration }
  var address: Address { shared.address }
  var texts: Texts { shared.texts }
  var precomputed: Precomputed { catalogue.precomputed }

  func link(_ title: String, to folder: String) -> Link { shared.link(title, to: folder) }

  func documentTitle(_ title: String, page: Int = 0) -> String { shared.documentTitle(title, page: page) }

  /// Where a member is shown, as the templates write it behind the way to the root.
  func memberLink(_ user: Int) -> String {
    let name = catalogue.userNames[user]
    return configuration.members == .packed
      ? address.link(PackedMembers.folder) + "?id=" + Address.inQuery(name) : address.link("users/\(name)/")
  }
}
