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
      Text("name", "The genre as a filter sends it.") { $0.name }
      Text("label", "The genre as it is shown.") { $0.name }
    }
  }

  static let model = PageModel<SiteParts>(template) {
    List("genres", "The genres to filter by.", announcedBy: "hasGenres", of: Genre.model) { site in
      site.search.genres.lazy.map { Genre(name: $0.label) }
    }
    List("genreLinks", "The pages of genres, for visitors without scripts.", of: Link.model) {
      links($0.context.catalogue.genres, in: $0.context)
    }
    List("decadeLinks", "The pages of decades, likewise.", announcedBy: "hasDecades", of: Link.model) {
      links($0.context.catalogue.decades, in: $0.context)
    }
    Text("firstYear", "The earliest year of a film; empty where no year is known.") {
      $0.context.precomputed.movies.compactMap(\.year).min().map { "\($0)" } ?? ""
    }
    Text("lastYear", "The latest year of a film; empty where no year is known.") {
      $0.context.precomputed.movies.compactMap(\.year).max().map { "\($0)" } ?? ""
    }
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
