import Precompute
import Ratings
import Templates

/// The page of search results: filled in by `assets/search.js`; without scripts, the ways to browse.
enum SearchPage {
  private static let genreSchema = TemplateSchema("genre", [.text("name"), .text("label")])

  static let fields: [TemplateField] = [
    .list("genres", genreSchema), .flag("hasGenres"), .list("genreLinks", PageFrame.linkSchema),
    .list("decadeLinks", PageFrame.linkSchema), .flag("hasDecades"), .text("firstYear"), .text("lastYear"),
  ]

  static func object(_ index: SearchIndex, in context: PageContext) -> TemplateObject {
    let catalogue = context.catalogue
    func links(_ shelves: [Shelf]) -> TemplateValue {
      .list(
        shelves.map {
          .object(TemplateObject(PageFrame.linkSchema, [.text($0.title), .text(context.address.link($0.folder))]))
        })
    }
    let years = context.precomputed.movies.compactMap(\.year)
    let page = PageFrame.Page(
      folder: "search/", title: context.documentTitle(context.texts(.searchTitle)),
      description: context.texts(.searchDescription), section: .search)
    return context.object(
      .search, page,
      [
        .list(
          index.genres.map {
            .object(TemplateObject(genreSchema, [.text(context.texts.genre($0)), .text(context.texts.genre($0))]))
          }), .flag(!index.genres.isEmpty),
        links(catalogue.genres), links(catalogue.decades), .flag(!catalogue.decades.isEmpty),
        .text(years.min().map { "\($0)" } ?? ""), .text(years.max().map { "\($0)" } ?? ""),
      ])
  }
}
