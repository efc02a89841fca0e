package import Artwork
package import LinearAlgebra
package import Precompute
import Ratings
import Search
import Templates

/// A generated site: every file under `output/`, each rendered by itself.
///
/// Rendering reads nothing but what was given here, no clock, no disk and no environment, so the same input gives the
/// same bytes in any order and on any number of threads.
package struct Website: Sendable {
  let parts: SiteParts
  /// The kinds of files, and which of them the site has, in a fixed order.
  let files: [SiteFile]
  let places: [FilePlace]
  /// Files of the owner that go out as they are.
  let own: [OwnFile]

  var context: PageContext { parts.context }

  /// The names at the root that pages of the owner cannot have.
  private static let reservedNames: Set = [
    "movies", "users", "genres", "decades", "moods", "tags", "lists", "posters", "share", "models", "news", "api",
    "assets", "search", "rate", "you", "taste", "account", "metrics", "healthz", "readyz", "index", "404",
    "offline",
  ]

  /// Compiles the theme, checks it against the page models and lays out all files.
  ///
  /// - Parameters:
  ///   - pages: the owner's pages, in the order of the menu.
  ///   - posts: the owner's news, in any order: they are shown with the latest date first.
  ///   - lists: the owner's lists, in the order in which they are shown.
  ///   - posters: images for movies; the others have a drawn poster.
  ///   - files: the owner's files that go out as they are.
  ///   - stages: names and fingerprints of the build's stages for `build.json`.
  ///   - inputs: a fingerprint of the program, `configuration` and `theme`; nil where there is none: then no file has a source.
  /// - Throws: `SiteError` for unfit settings, a template the theme lacks, two pages with one address, or a list that names
  ///   a film that is not there; the
  ///   templates' error with file, line and column where one has a fault or uses a name that its page does not declare.
  /// - Complexity: O(movies log movies + users + pages).
  package init(
    configuration: SiteConfiguration, precomputed: Precomputed, theme: Theme, pages: [MarkdownPage] = [],
    posts: [MarkdownPage] = [], lists: [EditorsList] = [], posters: [PosterFile] = [],
    files: [OwnFile] = [], stages: [(name: String, fingerprint: String)] = [], inputs: UInt64? = nil,
    threads: ThreadCount = .allCores
  ) throws {
    let sizes = [
      ("moviesPerPage", configuration.moviesPerPage), ("titlesPerPage", configuration.titlesPerPage),
      ("membersPerPage", configuration.membersPerPage), ("moviesPerRow", configuration.moviesPerRow),
      ("listLength", configuration.listLength),
    ]
    for (name, size) in sizes where size < 1 { throw SiteError.sizeNotPositive(name: name, value: size) }
    if configuration.members == .unlisted, configuration.memberSecret.utf8.count < 16 {
      throw SiteError.secretTooShort(minimum: 16)
    }
    if configuration.members == .packed, !configuration.endpoint.isEmpty { throw SiteError.packedWithAccounts }
    let address = try Address(url: configuration.url, linkStyle: configuration.linkStyle)
    let texts = try Texts(theme.texts, language: configuration.language).speaking(of: precomputed.scale)
    var configuration = configuration
    if configuration.description == SiteConfiguration.standardDescription {
      configuration.description = texts(.homeDescription)
    }
    var precomputed = precomputed
    precomputed.movies = GenreSpelling.unified(precomputed.movies)
    let catalogue = Catalogue(
      precomputed, texts: texts, memberNames: MemberNames(configuration), threads: threads)
    let shared = SharedContext(configuration, address: address, texts: texts, scale: precomputed.scale)
    let assets = PublishedAssets(try Self.assets(of: theme, texts: texts).filter { $0.name != ServiceWorker.asset })
    let owned = zip(pages, try Self.folders(of: pages, under: "", reserved: Self.reservedNames)).map {
      (page: $0, folder: $1)
    }
    let newsFolders = try Self.folders(of: posts, under: "news/", reserved: ["index"])
    let news = zip(posts, newsFolders).map { (post: $0, folder: $1) }
      .sorted { $0.post.date != $1.post.date ? $0.post.date > $1.post.date : $0.folder < $1.folder }
    let filmLists = try Self.lists(lists, in: precomputed.movies)
    let images = PosterImages(posters, of: precomputed.movies, names: catalogue.movieNames)
    let frame = PageFrame(
      FramedSite(
        configuration: configuration, address: address, catalogue: catalogue,
        menu: owned.filter(\.page.isInMenu).map { shared.link($0.page.title, to: $0.folder) },
        hasNews: !posts.isEmpty, hasLists: !lists.isEmpty), assets: assets)
    let (cards, search) = threads.both(
      { MovieCards(catalogue, address: address, images: images) },
      { [style = configuration.linkStyle] in SearchIndex(catalogue, texts: texts, linkStyle: style) })
    let context = PageContext(
      shared, catalogue: catalogue, cards: cards, frame: frame,
      lists: filmLists, posters: images.files,
      inks: PosterInks(styleSheet: theme.assets.first { $0.name == "style.css" }?.bytes ?? []),
      countsSources: inputs != nil)
    let (taste, checked) = threads.both(
      { TasteFiles(context) },
      {
        Result {
          let library = try TemplateLibrary(theme.templates + texts.templates)
          for page in SitePages.all { try page.check(library, frame: frame, folders: theme.folders) }
          return library
        }
      })
    let library = try checked.get()
    parts = SiteParts(
      context: context, library: library, assets: assets, taste: taste,
      search: search,
      packed: configuration.members == .packed
        ? try PackedMembers(catalogue, sources: theme.templates + texts.templates) : nil,
      worker: theme.assets.first { $0.name == ServiceWorker.asset }?.bytes ?? [], pages: owned, posts: news,
      stages: stages, inputs: inputs)
    own = files
    (self.files, places) = try Self.adding(files, to: parts.files())
    try checkLinks()
  }

  /// The owner's lists with their films.
  private static func lists(_ lists: [EditorsList], in movies: [Movie]) throws(SiteError) -> [FilmList] {
    let folders = try folders(of: lists.map(\.page), under: "lists/", reserved: ["page", "index"])
    let finder = MovieFinder(lists.isEmpty ? [] : movies)
    var found: [FilmList] = []
    for (list, folder) in zip(lists, folders) {
      var films: [(movie: Int32, note: String)] = []
      for film in list.films { films.append((try finder.movie(film, path: list.page.path), film.note)) }
      found.append(FilmList(page: list.page, folder: folder, films: films))
    }
    return found
  }

  /// The theme's files; the script that other scripts have their texts from is filled in.
  private static func assets(of theme: Theme, texts: Texts) throws(SiteError) -> [Theme.Asset] {
    var assets = theme.assets
    for index in assets.indices where assets[index].name.hasSuffix(".js") {
      try texts.check(assets[index], path: assets[index].path)
      if assets[index].name == Texts.scriptAsset { assets[index].bytes = texts.scriptAsset(assets[index].bytes) }
    }
    return assets
  }

  /// Each member and the address of their page, for the owner to hand out where nothing links there; empty otherwise.
  package var unlistedMembers: [(id: String, url: String)] {
    guard context.configuration.members == .unlisted else { return [] }
    return zip(context.precomputed.users, context.catalogue.userNames).map { user, name in
      (user.id.description, context.address.canonical("users/\(name)/"))
    }
  }

  /// The folder of a page, from its file's name without the ending: each part of the way as a slug.
  package static func folder(ofPage name: String, under folder: String) -> String {
    let parts = name.split(separator: "/").map { part in
      let slug = Slug.of(String(part))
      return slug.isEmpty ? "page-" + UniqueNames.hash(of: String(part)).prefix(8) : slug
    }
    return folder + parts.joined(separator: "/") + "/"
  }

  /// The address of each page; two pages must not share one.
  private static func folders(
    of pages: [MarkdownPage], under folder: String, reserved: Set<String>
  ) throws(SiteError) -> [String] {
    var taken: [String: String] = [:]
    var folders: [String] = []
    for page in pages {
      let place = Self.folder(ofPage: page.name, under: folder)
      let parts = place.dropFirst(folder.count).split(separator: "/").map(String.init)
      if reserved.contains(parts.first ?? "") || parts.contains(where: UniqueNames.isReservedByWindows) {
        throw .pageNameTaken(name: String(place.dropLast()), path: page.path)
      }
      if let other = taken.updateValue(page.path, forKey: place) {
        throw .pageNamesMeet(name: String(place.dropLast()), paths: [other, page.path])
      }
      folders.append(place)
    }
    return folders
  }
}
