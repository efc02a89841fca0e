import Precompute
import Ratings
import Templates

/// The first page: what the site is, and rows of movies, none of them twice.
enum HomePage: SitePage {
  static let template = "home"

  /// What the page shows apart from the catalogue.
  struct Input {
    let context: PageContext
    /// The page with the site's story.
    let story: MarkdownPage?
    let storyFolder: String
    let posts: [NewsPage.Post]
    let fan: [Int32]
    let rows: [Row]

    init(story: MarkdownPage?, storyFolder: String, posts: [NewsPage.Post], in context: PageContext) {
      self.context = context
      self.story = story
      self.storyFolder = storyFolder
      self.posts = posts
      fan = HomePage.fan(in: context)
      rows = HomePage.rows(in: context, without: Set(fan))
    }

    fileprivate func tiles(_ kind: ShelfKind, most: Int) -> [Tile] {
      (context.catalogue.shelves[kind] ?? []).prefix(most).map { Tile($0, context.shared) }
    }
  }

  /// A row of movies under a title.
  struct Row {
    let anchor: String
    let title: String
    let note: String
    let path: String
    let movies: [ModelObject<MovieCard>]

    static let model = PageModel<Row>("row") {
      Text("anchor", "An id for the row that no other has.") { $0.anchor }
      Text("title", "What the row shows.") { $0.title }
      Text("note", "More about it, in a few words; may be empty.") { $0.note }
      Text("path", "The page with all of it, behind `root`; empty where there is none.") { $0.path }
      List("movies", "The row's films, none of them in an earlier row.", sharing: MovieCard.model) { $0.movies }
    }
  }

  static let model = PageModel<Input>(template) {
    Text("story", "The first paragraph of the owner's page `about`; empty without one.") {
      $0.story?.excerpt ?? ""
    }
    Text("storyPath", "That page, behind `root`; empty without one.") {
      $0.story == nil ? "" : $0.context.address.link($0.storyFolder)
    }
    List("fan", "Much loved films of different genres, three where there are enough.", sharing: MovieCard.model) {
      $0.context.cards.list($0.fan)
    }
    Flag("hasFan", "Whether there are three.") { $0.fan.count == 3 }
    List(
      "rows", "Rows of films: popular, loved, lists, hidden gems, new, genres, decades.", announcedBy: "hasRows",
      of: Row.model
    ) { $0.rows }
    List("genres", "The largest genres, at most 24.", announcedBy: "hasGenres", of: Tile.model) {
      $0.tiles(.genre, most: 24)
    }
    List("decades", "The decades, the latest first, at most 12.", announcedBy: "hasDecades", of: Tile.model) {
      $0.tiles(.decade, most: 12)
    }
    List("moods", "At most three moods.", announcedBy: "hasMoods", of: Tile.model) { $0.tiles(.mood, most: 3) }
    List("posts", "The three latest news.", announcedBy: "hasPosts", of: NewsPage.Post.model) { $0.posts.prefix(3) }
    Object("scale", "The ratings that can be given, for scripts.", of: ScaleOfRatings.model) {
      ScaleOfRatings($0.context.shared.scale)
    }
  }

  static func head(_ home: Input) -> PageFrame.Page {
    let configuration = home.context.configuration
    return PageFrame.Page(
      folder: "", title: configuration.title, description: configuration.description,
      structuredData: StructuredData.site(configuration, address: home.context.address))
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let name = Slug.of(site.context.configuration.storyPage)
    return [
      file(of: site, path: { _ in "index.html" }) { _ in
        let story = site.pages.first { $0.folder == name + "/" }
        return Input(
          story: story?.page, storyFolder: story?.folder ?? "", posts: NewsPage.posts(of: site), in: site.context)
      }
    ]
  }

  private static let mostGenres = 10
  private static let mostDecades = 6
  private static let mostLists = 3
  private static let fewest = 4

  /// The three posters next to the site's name: much loved films of three different genres.
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

  /// A movie is in the first row that fits it; a row with too few left is not shown.
  private static func rows(in context: PageContext, without shown: Set<Int32>) -> [Row] {
    let precomputed = context.precomputed
    let texts = context.texts
    var seen = shown
    var rows: [Row] = []
    func add(_ anchor: String, _ title: String, _ note: String, folder: String, _ movies: [Int32]) {
      var chosen: [Int32] = []
      for movie in movies where !seen.contains(movie) && chosen.count < context.configuration.moviesPerRow {
        if !chosen.contains(movie) { chosen.append(movie) }
      }
      guard chosen.count >= min(fewest, precomputed.movies.count), !chosen.isEmpty else { return }
      seen.formUnion(chosen)
      rows.append(
        Row(
          anchor: anchor, title: title, note: note, path: folder.isEmpty ? "" : context.address.link(folder),
          movies: context.cards.list(chosen)))
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
