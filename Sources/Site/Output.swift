import Precompute

/// One file under `output/`; numbers are indices of what it shows.
enum Output: Sendable {
  case home, notFound, sitemap, robots, feed, manifest, models, modelsJSON, buildJSON, news, lists, account, search,
    offline, worker, tasteMap, rate, you, packedMember, packedTemplate
  case asset(Int)
  case taste(Int)
  case page(Int)
  case post(Int)
  case titles(page: Int)
  case shelves(ShelfKind)
  case shelf(ShelfKind, Int, ShelfOrder, page: Int)
  case list(Int)
  case listCSV(Int)
  case listText(Int)
  case poster(Int)
  case sharePicture(Int)
  case members(page: Int)
  case movie(Int)
  case movieJSON(Int)
  case member(Int)
  case memberJSON(Int)
  case memberShard(Int)
  case sitemapPart(Int)
  case own(Int)

  /// All files but the parts of a large sitemap, in a fixed order.
  static func all(
    context: PageContext, pages: Int, posts: Int, assets: Int, tastes: Int, shards: Int
  ) -> [Output] {
    let catalogue = context.catalogue
    let configuration = context.configuration
    let (movies, users) = (catalogue.precomputed.movies.count, catalogue.precomputed.users.count)
    var outputs: [Output] = [
      .home, .notFound, .sitemap, .robots, .feed, .manifest, .models, .modelsJSON, .buildJSON, .search, .offline,
      .worker, .tasteMap,
    ]
    if posts > 0 { outputs.append(.news) }
    if !configuration.endpoint.isEmpty { outputs.append(.account) }
    if tastes > 0 { outputs += [.rate, .you] }
    outputs += (0..<tastes).map { .taste($0) }
    outputs += (0..<assets).map { .asset($0) }
    outputs += (0..<pages).map { .page($0) }
    outputs += (0..<posts).map { .post($0) }
    outputs += (0..<Pager.pageCount(movies, perPage: configuration.titlesPerPage)).map { .titles(page: $0) }
    for kind in ShelfKind.allCases {
      let shelves = catalogue.shelves[kind] ?? []
      if !shelves.isEmpty { outputs.append(.shelves(kind)) }
      for (index, shelf) in shelves.enumerated() {
        let count = Pager.pageCount(shelf.movies.count, perPage: configuration.moviesPerPage)
        for order in kind.orders { outputs += (0..<count).map { .shelf(kind, index, order, page: $0) } }
      }
    }
    if !context.lists.isEmpty { outputs.append(.lists) }
    for list in context.lists.indices { outputs += [.list(list), .listCSV(list), .listText(list)] }
    outputs += context.posters.indices.map { .poster($0) }
    outputs += context.sharePictures.indices.map { .sharePicture($0) }
    if configuration.members.arePublic {
      outputs += (0..<Pager.pageCount(users, perPage: configuration.membersPerPage)).map { .members(page: $0) }
    }
    for movie in 0..<movies {
      outputs.append(.movie(movie))
      if configuration.writesFilmJSON { outputs.append(.movieJSON(movie)) }
    }
    switch configuration.members {
    case .shown, .unlisted: for user in 0..<users { outputs += [.member(user), .memberJSON(user)] }
    case .packed: outputs += [.packedMember, .packedTemplate] + (0..<shards).map { .memberShard($0) }
    case .absent: break
    }
    return outputs
  }

  /// The folder of a page that search engines may list; nil for other files.
  func folder(in context: PageContext, pages: [String], posts: [String]) -> String? {
    let catalogue = context.catalogue
    switch self {
    case .member where context.configuration.members != .shown: return nil
    case .packedMember: return nil
    case .shelf(_, _, let order, _) where order != .first: return nil
    default: return place(in: catalogue, lists: context.lists, pages: pages, posts: posts)
    }
  }

  /// The folder of a page; nil for other files.
  func place(in catalogue: Catalogue, lists: [FilmList], pages: [String], posts: [String]) -> String? {
    switch self {
    case .home: ""
    case .models: "models/"
    case .shelves(let kind): kind.folder
    case .news: "news/"
    case .rate: "rate/"
    case .you: "you/"
    case .search: "search/"
    case .page(let index): pages[index]
    case .post(let index): posts[index]
    case .titles(let page): Pager.folder("movies/", page: page)
    case .shelf(let kind, let index, let order, let page):
      Pager.folder((catalogue.shelves[kind]?[index].folder ?? "") + order.folder, page: page)
    case .lists: "lists/"
    case .list(let index): lists[index].folder
    case .members(let page): Pager.folder("users/", page: page)
    case .packedMember: PackedMembers.folder
    case .movie(let movie): catalogue.movieFolders[movie]
    case .member(let user): "users/\(catalogue.userNames[user])/"
    case .notFound, .account, .offline, .worker, .tasteMap, .sitemap, .robots, .feed, .manifest, .modelsJSON,
      .buildJSON, .asset, .taste, .movieJSON, .memberJSON, .packedTemplate, .memberShard, .sitemapPart, .listCSV,
      .listText, .poster, .sharePicture, .own:
      nil
    }
  }

  /// The type of the page; nil for other files.
  var kind: PageKind? {
    switch self {
    case .home: .home
    case .models: .models
    case .shelves: .shelves
    case .news: .news
    case .lists: .lists
    case .list: .list
    case .page, .post: .page
    case .titles: .titles
    case .shelf: .shelf
    case .members: .members
    case .movie: .movie
    case .member: .member
    case .packedMember: .packedMember
    case .notFound: .notFound
    case .search: .search
    case .rate: .rate
    case .you: .you
    case .account: .account
    case .offline: .offline
    case .sitemap, .robots, .feed, .manifest, .modelsJSON, .buildJSON, .asset, .taste, .worker, .tasteMap, .movieJSON,
      .memberJSON, .packedTemplate, .memberShard, .sitemapPart, .listCSV, .listText, .poster, .sharePicture, .own:
      nil
    }
  }
}
