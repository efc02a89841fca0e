import Precompute
import Templates

/// The first page: what the site is, and rows of movies, none of them twice.
enum HomePage {
  private static let rowSchema = TemplateSchema(
    "row", [.text("anchor"), .text("title"), .text("note"), .text("path"), .list("movies", MovieCards.schema)])
  private static let mostGenres = 10
  private static let mostDecades = 6
  private static let mostLists = 3
  private static let fewest = 4

  static let fields: [TemplateField] = [
    .text("story"), .text("storyPath"), .list("fan", MovieCards.schema), .flag("hasFan"), .list("rows", rowSchema),
    .flag("hasRows"), .list("genres", ShelvesPage.tileSchema), .flag("hasGenres"),
    .list("decades", ShelvesPage.tileSchema), .flag("hasDecades"), .list("moods", ShelvesPage.tileSchema),
    .flag("hasMoods"), .list("posts", NewsPage.postSchema), .flag("hasPosts"),
    .object("scale", RatePage.scaleSchema),
  ]

  static func object(
    story: MarkdownPage?, storyFolder: String, posts: [(post: MarkdownPage, folder: String)], in context: PageContext
  ) -> TemplateObject {
    let catalogue = context.catalogue
    let fan = Array(fan(in: context))
    let rows = rows(in: context, without: Set(fan))
    let page = PageFrame.Page(
      folder: "", title: context.configuration.title, description: context.configuration.description,
      structuredData: StructuredData.site(context.configuration, address: context.address))
    let news = posts.prefix(3).map { NewsPage.value(of: $0.post, folder: $0.folder, in: context) }
    func tiles(_ kind: ShelfKind, _ count: Int) -> TemplateValue {
      .list((catalogue.shelves[kind] ?? []).prefix(count).map { ShelvesPage.tile($0, in: context) })
    }
    return context.object(
      .home, page,
      [
        .text(story?.excerpt ?? ""),
        .text(story == nil ? "" : context.address.link(storyFolder)), context.cards.list(fan),
        .flag(fan.count == 3), .list(rows), .flag(!rows.isEmpty), tiles(.genre, 24),
        .flag(!catalogue.genres.isEmpty), tiles(.decade, 12), .flag(!catalogue.decades.isEmpty), tiles(.mood, 3),
        .flag(catalogue.shelves[.mood]?.isEmpty == false), .list(Array(news)), .flag(!news.isEmpty),
        RatePage.scale(in: context),
      ])
  }

  /// The three posters beside the site's name: much loved films of three different genres.
  private static func fan(in context: PageContext) -> [Int32] {
    let loved = context.precomputed.charts.first { $0.order == .highlyRated && $0.scope == .all }?.movies ?? []
    let films = loved.isEmpty ? context.catalogue.ranking : loved
    guard films.count > 3 * fewest else { return Array(films.prefix(3)) }
    var chosen: [Int32] = []
    var genres: Set<String> = []
    for movie in films where genres.insert(context.catalogue.mainGenre(of: Int(movie))).inserted {
      chosen.append(movie)
      if chosen.count == 3 { break }
    }
    return chosen
  }

  /// A movie stands in the first row that wants it; a row with too few left is not shown.
  private static func rows(in context: PageContext, without shown: Set<Int32>) -> [TemplateValue] {
    let precomputed = context.precomputed
    let texts = context.texts
    var seen = shown
    var rows: [TemplateValue] = []
    func add(_ anchor: String, _ title: String, _ note: String, folder: String, _ movies: [Int32]) {
      var chosen: [Int32] = []
      for movie in movies where !seen.contains(movie) && chosen.count < context.configuration.moviesPerRow {
        if !chosen.contains(movie) { chosen.append(movie) }
      }
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
    func add(_ shelf: Shelf, _ scope: Chart.Scope, title: String) {
      let anchor = String(shelf.folder.dropLast().replacing("/", with: "-"))
      add(anchor, title, "", folder: shelf.folder, chart(.highlyRated, scope) + chart(.popular, scope) + shelf.movies)
    }
    add("popular", texts(.rowPopular), texts(.rowPopularNote), folder: "", chart(.popular, .all))
    add("highly-rated", texts(.rowLoved), texts(.rowLovedNote), folder: "", chart(.highlyRated, .all))
    for list in context.lists.prefix(mostLists) {
      let anchor = String(list.folder.dropLast().replacing("/", with: "-"))
      add(anchor, list.page.title, list.page.description, folder: list.folder, list.films.map(\.movie))
    }
    add("hidden-gems", texts(.rowGems), texts(.rowGemsNote), folder: "", chart(.hiddenGems, .all))
    add("newest", texts(.rowNewest), texts(.rowNewestNote), folder: "", chart(.newest, .all))
    for genre in context.catalogue.genres.prefix(mostGenres) { add(genre, .genre(genre.name), title: genre.title) }
    for decade in context.catalogue.decades.prefix(mostDecades) {
      add(
        decade, .decade(Int(decade.name) ?? 0), title: texts(.rowDecade, ["decade": decade.title]))
    }
    return rows
  }
}

/// What stands where there is no page.
enum NotFoundPage {
  static let fields: [TemplateField] = [
    .list("movies", MovieCards.schema), .flag("hasMovies"), .text("packedMembers"),
  ]

  static func object(in context: PageContext) -> TemplateObject {
    let page = PageFrame.Page(
      folder: "", title: context.documentTitle(context.texts(.notFoundTitle)),
      description: context.configuration.description,
      isServedAnywhere: true)
    let movies = context.catalogue.ranking.prefix(6)
    return context.object(
      .notFound, page,
      [
        context.cards.list(movies), .flag(!movies.isEmpty),
        .text(context.configuration.members == .packed ? context.address.link(PackedMembers.folder) : ""),
      ])
  }
}
