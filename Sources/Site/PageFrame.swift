import Artwork
import Precompute
import Ratings
import Templates

/// A page that another one links to.
struct Link: Sendable {
  let title: String
  /// As templates write it behind the way to the root; nil if there is no page.
  let path: String?

  static let model = PageModel<Link>("link") {
    Text("title", "What the link says.") { $0.title }
    Text("path", "The page, behind `root`; absent where there is none.") { $0.path }
  }
}

/// What every page says: the site, the page's place in it, and what search engines read.
final class PageFrame: Sendable {
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
    var structuredData = TrustedHTML.empty
    /// Whether links start at the host's root, because the page is served at any address.
    var isServedAnywhere = false
    /// The picture of shared links, under the output folder.
    var picture = PageFrame.standardPicture.path
    /// Whether search engines may keep it.
    var isIndexed = true
  }

  /// A page in the frame.
  struct Placed {
    let page: Page
    let frame: PageFrame

    var root: String { page.isServedAnywhere ? frame.address.urlPath : frame.address.root(from: page.folder) }
  }

  /// What links to pages without a picture of their own show.
  static let standardPicture = SharePicture(palette: 0, motif: "film")

  /// The names that every page has.
  ///
  /// - Parameters:
  ///   - assets: the theme's files.
  ///   - values: what `assets` made.
  static func model(assets: PageModel<Void>, values: ModelObject<Void>? = nil) -> PageModel<Placed> {
    PageModel<Placed>("every page") {
      Object("site", "What is the same on every page.", sharing: FramedSite.model) { $0.frame.site }
      Object("assets", "The theme's files by name, each with its address behind `root`.", sharing: assets) { _ in values
      }
      Text("root", "The way from this page to the site's root: in front of every path.") { $0.root }
      Text("home", "The home page, whatever the page.") { $0.frame.address.home(root: $0.root) }
      Text("title", "The page's title, for the window.") { $0.page.title }
      Text("description", "What the page shows, for search engines.") { $0.page.description }
      Text("canonical", "The page's full address.") { $0.frame.address.canonical($0.page.folder) }
      Text("shareImage", "The full address of the picture that shared links show.") {
        $0.frame.address.url + $0.page.picture
      }
      Text("kind", "The page's type for shared links (Open Graph), such as `website`.") { $0.page.kind }
      Text("data", "The same as JSON, behind `root`; empty where there is none.") { $0.page.data }
      HTML("structuredData", "schema.org data for search engines; may be empty.") { $0.page.structuredData }
      Flag("hasCanonical", "Whether the page has one address and search engines may keep it.") {
        !$0.page.isServedAnywhere && $0.page.isIndexed
      }
      Flag("isMovies", "Whether the page belongs to the part of the site with all films.") {
        $0.page.section == .movies
      }
      Flag("isGenres", "Whether the page belongs to the part of the site with genres.") { $0.page.section == .genres }
      Flag("isDecades", "Whether the page belongs to the part of the site with decades.") {
        $0.page.section == .decades
      }
      Flag("isMoods", "Whether the page belongs to the part of the site with moods and tags.") {
        $0.page.section == .moods
      }
      Flag("isLists", "Whether the page belongs to the part of the site with the editors' lists.") {
        $0.page.section == .lists
      }
      Flag("isMembers", "Whether the page belongs to the part of the site with members.") {
        $0.page.section == .members
      }
      Flag("isModels", "Whether the page belongs to the part of the site with models.") { $0.page.section == .models }
      Flag("isNews", "Whether the page belongs to the part of the site with news.") { $0.page.section == .news }
      Flag("isRate", "Whether the page is the one where visitors rate.") { $0.page.section == .rate }
      Flag("isYou", "Whether the page is the visitor's own.") { $0.page.section == .you }
    }
  }

  let model: PageModel<Placed>
  private let site: ModelObject<FramedSite>
  private let scale: RatingScale
  private let address: Address

  init(_ site: FramedSite, assets: PublishedAssets) {
    let names = assets.templateNames()
    model = Self.model(assets: names, values: names.shared(()))
    self.site = FramedSite.model.shared(site)
    scale = site.catalogue.precomputed.scale
    address = site.address
  }

  /// What every page is made from apart from its own data: program, settings and theme, the scale, and what the template shows of
  /// the site. How much there is of everything changes with every rating, and in most themes one page shows it.
  ///
  /// - Parameters:
  ///   - schema: all that the template may use.
  ///   - inputs: a fingerprint of program, settings and theme.
  func fingerprint(
    for template: String, using schema: TemplateSchema, inputs: UInt64, _ library: TemplateLibrary
  ) -> Fingerprint {
    var sum = fingerprint(inputs: inputs)
    let used = library.names(of: FramedSite.model.schema, usedBy: template, against: schema)
    for (field, value) in zip(site.object.schema.fields, site.object.values) where used.contains(field.name) {
      sum.add(value)
    }
    return sum
  }

  /// What every file is made from apart from its own data.
  func fingerprint(inputs: UInt64) -> Fingerprint {
    var sum = Fingerprint()
    sum.add(inputs)
    for number in [scale.minimum, scale.maximum, scale.step] { sum.add(bits: number) }
    return sum
  }
}

extension Fingerprint {
  /// Adds what a template may show.
  fileprivate mutating func add(_ value: TemplateValue) {
    switch value {
    case .null: add(0 as UInt64)
    case .flag(let flag): add(flag ? 2 : 1 as UInt64)
    case .integer(let number): add(bits: number)
    case .number(let number): add(bits: number)
    case .text, .sharedText: add(value.text ?? "")
    case .list(let items):
      add(UInt64(items.count))
      for item in items { add(item) }
    case .object(let object): for value in object.values { add(value) }
    }
  }
}
