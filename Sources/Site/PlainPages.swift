import Templates

/// The frame of the pages that the endpoint makes for members: it puts its own words between `<!--account-->` and
/// `<!--/account-->`.
enum AccountPage: SitePage {
  static let template = "account"
  static let model = PageModel<PageContext>(template) {}

  static func head(_ context: PageContext) -> PageFrame.Page {
    PageFrame.Page(
      folder: "account/", title: context.documentTitle(context.texts(.accountTitle)),
      description: context.texts(.accountDescription), isServedAnywhere: true)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    guard !context.configuration.endpoint.isEmpty else { return [] }
    return [file(of: site, isIndexed: false, path: { _ in "account/index.html" }) { _ in context }]
  }
}

/// What is shown for an address without a page.
enum NotFoundPage: SitePage {
  static let template = "not-found"

  static let model = PageModel<PageContext>(template) {
    List(
      "movies", "The six most rated films, for who lost the way.", announcedBy: "hasMovies", sharing: MovieCard.model
    ) { $0.cards.list($0.catalogue.ranking.prefix(6)) }
    Text("packedMembers", "Where members' pages are made by a script, behind `root`; empty where members have pages.") {
      $0.configuration.members == .packed ? $0.address.link(PackedMembers.folder) : ""
    }
  }

  static func head(_ context: PageContext) -> PageFrame.Page {
    PageFrame.Page(
      folder: "", title: context.documentTitle(context.texts(.notFoundTitle)),
      description: context.configuration.description, isServedAnywhere: true)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return [file(of: site, isIndexed: false, path: { _ in "404.html" }) { _ in context }]
  }
}

/// What a browser shows without a network in place of a page that it has not kept.
enum OfflinePage: SitePage {
  static let template = "offline"
  static let model = PageModel<PageContext>(template) {}
  static let path = "offline.html"

  static func head(_ context: PageContext) -> PageFrame.Page {
    PageFrame.Page(
      folder: "", title: context.documentTitle(context.texts(.offlineTitle)),
      description: context.texts(.offlineDescription), isServedAnywhere: true)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return [file(of: site, isIndexed: false, path: { _ in path }) { _ in context }]
  }
}
