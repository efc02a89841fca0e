import Precompute
import Templates

/// What every page says: the site, where the page stands in it, and what search engines are told.
struct PageFrame: Sendable {
  /// The part of the site a page belongs to.
  enum Section: Sendable {
    case none, movies, genres, decades, moods, lists, members, models, news, search, rate, you
  }

  /// One page's part of the frame.
  struct Page {
    var folder: String
    var title: String
    var description: String
    var section = Section.none
    var kind = "website"
    /// The page's JSON under the output folder.
    var data = ""
    /// schema.org data, escaped for a script element.
    var structuredData = ""
    /// Whether links start at the host's root, because the page is served at any address.
    var isServedAnywhere = false
    /// The picture of shared links, under the output folder.
    var picture = PageFrame.standardPicture.path
    /// Whether search engines may keep it.
    var isIndexed = true
  }

  /// What links to pages without a picture of their own show.
  static let standardPicture = SharePicture(palette: 0, motif: "film")

  static let linkSchema = TemplateSchema("link", [.text("title"), .text("path")])

  private static let siteSchema = TemplateSchema(
    "site",
    [
      .text("title"), .text("description"), .text("author"), .text("language"), .text("direction"), .text("quality"),
      .text("version"),
      .flag("showsSampleNote"), .text("movies"), .text("genres"), .text("decades"), .text("moods"),
      .text("tags"), .text("lists"), .text("members"), .text("models"),
      .text("news"), .text("search"), .text("rate"), .text("you"), .list("menu", linkSchema), .text("movieCount"),
      .text("memberCount"), .text("ratingCount"), .text("endpoint"), .text("endpointOrigin"),
      .flag("likes"),
    ])

  /// The names that every page has.
  ///
  /// - Parameter assets: the theme's files.
  static func fields(assets: TemplateSchema) -> [TemplateField] {
    [
      .object("site", Self.siteSchema), .object("assets", assets), .text("root"), .text("home"), .text("title"),
      .text("description"), .text("canonical"), .text("shareImage"), .text("kind"), .text("data"),
      .html("structuredData"), .flag("hasCanonical"), .flag("isMovies"), .flag("isGenres"), .flag("isDecades"),
      .flag("isMoods"), .flag("isLists"), .flag("isMembers"), .flag("isModels"), .flag("isNews"), .flag("isRate"),
      .flag("isYou"),
    ]
  }

  let fields: [TemplateField]
  private let site: TemplateValue
  private let assets: TemplateValue
  private let address: Address

  init(
    _ configuration: SiteConfiguration, address: Address, assets: PublishedAssets, catalogue: Catalogue,
    menu: [(title: String, folder: String)], hasNews: Bool,
    hasLists: Bool
  ) {
    let names = assets.templateNames()
    fields = Self.fields(assets: names.schema)
    self.address = address
    self.assets = names.value
    let precomputed = catalogue.precomputed
    func section(_ folder: String, _ isThere: Bool) -> TemplateValue { isThere ? .text(address.link(folder)) : .null }
    site = .object(
      TemplateObject(
        Self.siteSchema,
        [
          .text(configuration.title), .text(configuration.description), .text(configuration.author),
          .text(configuration.language), .text(catalogue.texts.direction), .text(configuration.quality),
          .text(configuration.version),
          .flag(configuration.showsSampleNote), section("movies/", true),
          section("genres/", !catalogue.genres.isEmpty), section("decades/", !catalogue.decades.isEmpty),
          section("moods/", catalogue.shelves[.mood]?.isEmpty == false),
          section("tags/", catalogue.shelves[.tag]?.isEmpty == false), section("lists/", hasLists),
          section("users/", configuration.members.arePublic), section("models/", true), section("news/", hasNews),
          section("search/", true),
          section("rate/", precomputed.browser != nil), section("you/", precomputed.browser != nil),
          .list(
            menu.map { .object(TemplateObject(Self.linkSchema, [.text($0.title), .text(address.link($0.folder))])) }),
          .text(catalogue.texts.count(.films, precomputed.movies.count)),
          .text(catalogue.texts.count(.members, precomputed.memberCount)),
          .text(catalogue.texts.count(.ratings, precomputed.ratingCount)),
          .text(configuration.endpoint == "/" ? address.urlPath : configuration.endpoint),
          .text(Self.origin(of: configuration.endpoint)), .flag(catalogue.texts.speaksOfLikes),
        ]))
  }

  /// What a content security policy lists for an endpoint on another host, behind a blank; empty for none.
  private static func origin(of endpoint: String) -> String {
    guard endpoint.hasPrefix("http") else { return "" }
    return " "
      + endpoint.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
  }

  /// The values of `fields` for one page.
  func values(_ page: Page) -> [TemplateValue] {
    let root = page.isServedAnywhere ? address.urlPath : address.root(from: page.folder)
    return [
      site, assets, .text(root), .text(address.home(root: root)), .text(page.title), .text(page.description),
      .text(address.canonical(page.folder)), .text(address.url + page.picture),
      .text(page.kind), .text(page.data), .text(page.structuredData),
      .flag(!page.isServedAnywhere && page.isIndexed), .flag(page.section == .movies), .flag(page.section == .genres),
      .flag(page.section == .decades), .flag(page.section == .moods),
      .flag(page.section == .lists), .flag(page.section == .members), .flag(page.section == .models),
      .flag(page.section == .news), .flag(page.section == .rate), .flag(page.section == .you),
    ]
  }
}
