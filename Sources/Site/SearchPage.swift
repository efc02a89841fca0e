import Precompute
import Ratings
import Search
import Templates

/// The page of search results: filled in by `assets/search.js`; without scripts, the ways to browse.
enum SearchPage: SitePage {
  static let template = "search"

  /// A genre to filter by.
  private struct Genre {
    let name: String

    static let model = PageModel<Genre>("genre") {
      Text("name") { $0.name }
      Text("label") { $0.name }
    }
  }

  static let model = PageModel<SiteParts>(template) {
    List("genres", announcedBy: "hasGenres", of: Genre.model) { site in
      site.search.genres.lazy.map { Genre(name: $0.label) }
    }
    List("genreLinks", of: Link.model) { links($0.context.catalogue.genres, in: $0.context) }
    List("decadeLinks", announcedBy: "hasDecades", of: Link.model) {
      links($0.context.catalogue.decades, in: $0.context)
    }
    Text("firstYear") { $0.context.precomputed.movies.compactMap(\.year).min().map { "\($0)" } ?? "" }
    Text("lastYear") { $0.context.precomputed.movies.compactMap(\.year).max().map { "\($0)" } ?? "" }
  }

  private static func links(_ shelves: [Shelf], in context: PageContext) -> [Link] {
    shelves.map { context.link($0.title, to: $0.folder) }
  }

  static func head(_ site: SiteParts) -> PageFrame.Page {
    let context = site.context
    return PageFrame.Page(
      folder: "search/", title: context.documentTitle(context.texts(.searchTitle)),
      description: context.texts(.searchDescription), section: .search)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    [file(of: site, path: { _ in "search/index.html" }) { _ in site }]
  }
}
