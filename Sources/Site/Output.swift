import Precompute

/// One file under `output/`; numbers are indices of what it shows.
enum Output: Sendable {
  case home, notFound, sitemap, robots, feed, manifest, models, modelsJSON, buildJSON, genreShelves, decadeShelves,
    news, search, offline, worker, tasteMap
  case asset(Int)
  case page(Int)
  case post(Int)
  case titles(page: Int)
  case genre(Int, page: Int)
  case decade(Int, page: Int)
  case members(page: Int)
  case movie(Int)
  case movieJSON(Int)
  case member(Int)
  case memberJSON(Int)
  case sitemapPart(Int)

  /// All files but the parts of a large sitemap, in a fixed order.
  static func all(context: PageContext, pages: Int, posts: Int, assets: Int) -> [Output] {
    let catalogue = context.catalogue
    let configuration = context.configuration
    let (movies, users) = (catalogue.precomputed.movies.count, catalogue.precomputed.users.count)
    var outputs: [Output] = [
      .home, .notFound, .sitemap, .robots, .feed, .manifest, .models, .modelsJSON, .buildJSON, .search, .offline,
      .worker, .tasteMap,
    ]
    if !catalogue.genres.isEmpty { outputs.append(.genreShelves) }
    if !catalogue.decades.isEmpty { outputs.append(.decadeShelves) }
    if posts > 0 { outputs.append(.news) }
    outputs += (0..<assets).map { .asset($0) }
    outputs += (0..<pages).map { .page($0) }
    outputs += (0..<posts).map { .post($0) }
    outputs += (0..<Pager.pageCount(movies, perPage: configuration.titlesPerPage)).map { .titles(page: $0) }
    for (index, shelf) in catalogue.genres.enumerated() {
      let count = Pager.pageCount(shelf.movies.count, perPage: configuration.moviesPerPage)
      outputs += (0..<count).map { .genre(index, page: $0) }
    }
    for (index, shelf) in catalogue.decades.enumerated() {
      let count = Pager.pageCount(shelf.movies.count, perPage: configuration.moviesPerPage)
      outputs += (0..<count).map { .decade(index, page: $0) }
    }
    outputs += (0..<Pager.pageCount(users, perPage: configuration.membersPerPage)).map { .members(page: $0) }
    for movie in 0..<movies { outputs += [.movie(movie), .movieJSON(movie)] }
    for user in 0..<users { outputs += [.member(user), .memberJSON(user)] }
    return outputs
  }

  /// The folder of a page that search engines may list; nil for other files.
  func folder(in catalogue: Catalogue, pages: [String], posts: [String]) -> String? {
    switch self {
    case .home: ""
    case .models: "models/"
    case .genreShelves: "genres/"
    case .decadeShelves: "decades/"
    case .news: "news/"
    case .search: "search/"
    case .page(let index): pages[index]
    case .post(let index): posts[index]
    case .titles(let page): Pager.folder("movies/", page: page)
    case .genre(let index, let page): Pager.folder(catalogue.genres[index].folder, page: page)
    case .decade(let index, let page): Pager.folder(catalogue.decades[index].folder, page: page)
    case .members(let page): Pager.folder("users/", page: page)
    case .movie(let movie): catalogue.movieFolders[movie]
    case .member(let user): "users/\(catalogue.userNames[user])/"
    case .notFound, .offline, .worker, .tasteMap, .sitemap, .robots, .feed, .manifest, .modelsJSON, .buildJSON, .asset,
      .movieJSON, .memberJSON, .sitemapPart:
      nil
    }
  }

  /// The type of the page; nil for other files.
  var kind: PageKind? {
    switch self {
    case .home: .home
    case .models: .models
    case .genreShelves, .decadeShelves: .shelves
    case .news: .news
    case .page, .post: .page
    case .titles: .titles
    case .genre, .decade: .shelf
    case .members: .members
    case .movie: .movie
    case .member: .member
    case .notFound: .notFound
    case .search: .search
    case .offline: .offline
    case .sitemap, .robots, .feed, .manifest, .modelsJSON, .buildJSON, .asset, .movieJSON, .memberJSON, .sitemapPart,
      .worker, .tasteMap:
      nil
    }
  }
}
