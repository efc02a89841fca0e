import Precompute
import Templates

/// The first page: what the site is, and rows of movies.
enum HomePage {
  private static let rowSchema = TemplateSchema(
    "row", [.text("anchor"), .text("title"), .text("note"), .text("path"), .list("movies", MovieCards.schema)])
  private static let largestGenres = 8
  private static let fewest = 4

  static let fields: [TemplateField] = [
    .text("story"), .text("storyPath"), .list("fan", MovieCards.schema), .flag("hasFan"), .list("rows", rowSchema),
    .flag("hasRows"), .list("genres", ShelvesPage.tileSchema), .flag("hasGenres"),
    .list("decades", ShelvesPage.tileSchema), .flag("hasDecades"), .list("posts", NewsPage.postSchema),
    .flag("hasPosts"),
  ]

  static func object(
    story: MarkdownPage?, storyFolder: String, posts: [(post: MarkdownPage, folder: String)], in context: PageContext
  ) -> TemplateObject {
    let catalogue = context.catalogue
    let rows = rows(in: context)
    let fan = Array(catalogue.ranking.prefix(3))
    let page = PageFrame.Page(
      folder: "", title: context.configuration.title, description: context.configuration.description,
      structuredData: StructuredData.site(context.configuration, address: context.address))
    let news = posts.prefix(3).map { NewsPage.value(of: $0.post, folder: $0.folder, in: context) }
    return context.object(
      .home, page,
      [
        .text(story?.excerpt ?? ""),
        .text(story == nil ? "" : context.address.link(storyFolder)), context.cards.list(fan),
        .flag(fan.count == 3), .list(rows), .flag(!rows.isEmpty),
        .list(catalogue.genres.prefix(24).map { ShelvesPage.tile($0, in: context) }),
        .flag(!catalogue.genres.isEmpty),
        .list(catalogue.decades.prefix(12).map { ShelvesPage.tile($0, in: context) }),
        .flag(!catalogue.decades.isEmpty), .list(Array(news)), .flag(!news.isEmpty),
      ])
  }

  /// A movie stands in the first row that wants it; a row left with too few takes some again.
  private static func rows(in context: PageContext) -> [TemplateValue] {
    let precomputed = context.precomputed
    let texts = context.texts
    var seen: Set<Int32> = []
    var rows: [TemplateValue] = []
    func add(_ anchor: String, _ title: String, _ note: String, folder: String, _ movies: [Int32]) {
      let length = context.configuration.moviesPerRow
      var chosen = Array(movies.lazy.filter { !seen.contains($0) }.prefix(length))
      if chosen.count < fewest { chosen = Array(movies.prefix(length)) }
      guard chosen.count >= min(fewest, precomputed.movies.count), !chosen.isEmpty else { return }
      seen.formUnion(chosen)
      rows.append(
        .object(
          TemplateObject(
            rowSchema,
            [
              .text(anchor), .text(title), .text(note), .text(folder.isEmpty ? "" : context.address.link(folder)),
              context.cards.list(chosen),
            ])))
    }
    func chart(_ order: Chart.Order, _ scope: Chart.Scope) -> [Int32] {
      precomputed.charts.first { $0.order == order && $0.scope == scope }?.movies ?? []
    }
    add("popular", texts(.rowPopular), texts(.rowPopularNote), folder: "", chart(.popular, .all))
    add(
      "highly-rated", texts(.rowLoved), texts(.rowLovedNote), folder: "",
      chart(.highlyRated, .all))
    add("hidden-gems", texts(.rowGems), texts(.rowGemsNote), folder: "", chart(.hiddenGems, .all))
    add("newest", texts(.rowNewest), texts(.rowNewestNote), folder: "", chart(.newest, .all))
    for genre in context.catalogue.genres.prefix(largestGenres) {
      let charts = [chart(.highlyRated, .genre(genre.name)), chart(.popular, .genre(genre.name))]
      let anchor = String(genre.folder.dropLast().replacing("/", with: "-"))
      add(anchor, genre.title, "", folder: genre.folder, charts.first { !$0.isEmpty } ?? genre.movies)
    }
    return rows
  }
}

/// What stands where there is no page.
enum NotFoundPage {
  static let fields: [TemplateField] = [.list("movies", MovieCards.schema), .flag("hasMovies")]

  static func object(in context: PageContext) -> TemplateObject {
    let page = PageFrame.Page(
      folder: "", title: context.documentTitle(context.texts(.notFoundTitle)),
      description: context.configuration.description,
      isServedAnywhere: true)
    let movies = context.catalogue.ranking.prefix(6)
    return context.object(.notFound, page, [context.cards.list(movies), .flag(!movies.isEmpty)])
  }
}
