public import Precompute
import Ratings
import Templates

/// A generated site: every file under `output/`, each rendered by itself.
///
/// Rendering reads nothing but what was given here, no clock, no disk and no environment, so the same input gives the
/// same bytes in any order and on any number of threads.
public struct Website: Sendable {
  let context: PageContext
  let library: TemplateLibrary
  let assets: PublishedAssets
  /// What a visitor's browser predicts with; empty where the build has no model for it.
  let taste: TasteFiles
  let search: SearchIndex
  /// The members in few files; nil where each has a page.
  let packed: PackedMembers?
  /// The service worker as the theme has it.
  let worker: [UInt8]
  private(set) var outputs: [Output]
  let pages: [(page: MarkdownPage, folder: String)]
  /// The latest date first.
  let posts: [(post: MarkdownPage, folder: String)]
  let pageFolders: [String]
  let postFolders: [String]
  /// Files of the owner that go out as they are.
  let own: [OwnFile]
  let stages: [(name: String, fingerprint: String)]
  /// The folders of all pages, for the sitemap.
  let folders: [String]
  let sitemapFiles: Int
  /// Nil where it is not known what the site is made from.
  let sources: PageSources?

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
  public init(
    configuration: SiteConfiguration, precomputed: Precomputed, theme: Theme, pages: [MarkdownPage] = [],
    posts: [MarkdownPage] = [], lists: [EditorsList] = [], posters: [PosterFile] = [],
    files: [OwnFile] = [], stages: [(name: String, fingerprint: String)] = [], inputs: UInt64? = nil
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
    var precomputed = precomputed
    precomputed.movies = GenreSpelling.unified(precomputed.movies)
    let catalogue = Catalogue(precomputed, texts: texts, memberNames: MemberNames(configuration))
    assets = PublishedAssets(try Self.assets(of: theme, texts: texts).filter { $0.name != ServiceWorker.asset })
    worker = theme.assets.first { $0.name == ServiceWorker.asset }?.bytes ?? []
    self.stages = stages
    own = files
    pageFolders = try Self.folders(of: pages, under: "", reserved: Self.reservedNames)
    self.pages = zip(pages, pageFolders).map { ($0, $1) }
    let newsFolders = try Self.folders(of: posts, under: "news/", reserved: ["index"])
    self.posts = zip(posts, newsFolders).map { (post: $0, folder: $1) }
      .sorted { $0.post.date != $1.post.date ? $0.post.date > $1.post.date : $0.folder < $1.folder }
    postFolders = self.posts.map(\.folder)

    let listFolders = try Self.folders(of: lists.map(\.page), under: "lists/", reserved: ["page", "index"])
    let finder = MovieFinder(lists.isEmpty ? [] : precomputed.movies)
    var filmLists: [FilmList] = []
    for (list, folder) in zip(lists, listFolders) {
      let films = try list.films.map { (movie: try finder.movie($0, path: list.page.path), note: $0.note) }
      filmLists.append(FilmList(page: list.page, folder: folder, films: films))
    }
    let images = PosterImages(posters, of: catalogue)

    let menu = self.pages.filter(\.page.isInMenu).map { (title: $0.page.title, folder: $0.folder) }
    let frame = PageFrame(
      configuration, address: address, assets: assets, catalogue: catalogue, menu: menu, hasNews: !posts.isEmpty,
      hasLists: !lists.isEmpty)
    var schemas: [PageKind: TemplateSchema] = [:]
    for kind in PageKind.allCases { schemas[kind] = TemplateSchema(kind.rawValue, frame.fields + kind.fields) }
    context = PageContext(
      configuration: configuration, address: address, catalogue: catalogue,
      cards: MovieCards(catalogue, address: address, images: images), frame: frame, schemas: schemas, lists: filmLists,
      posters: images.files,
      inks: PosterInks(styleSheet: theme.assets.first { $0.name == "style.css" }?.bytes ?? []))

    search = SearchIndex(catalogue, texts: texts, linkStyle: configuration.linkStyle)
    library = try TemplateLibrary(theme.templates + texts.templates)
    let known = Set(library.names)
    for kind in PageKind.allCases {
      guard known.contains(kind.rawValue), let schema = schemas[kind] else {
        throw SiteError.templateMissing(name: kind.rawValue, folders: theme.folders)
      }
      try library.check(kind.rawValue, against: schema)
    }

    packed =
      configuration.members == .packed ? try PackedMembers(catalogue, sources: theme.templates + texts.templates) : nil
    taste = TasteFiles(context)
    var outputs = Output.all(
      context: context, pages: self.pages.count, posts: self.posts.count, assets: assets.files.count,
      tastes: taste.files.count, shards: packed?.shards.count ?? 0)
    let (pageFolders, postFolders, context, search) = (pageFolders, postFolders, context, search)
    folders = outputs.compactMap { $0.folder(in: context, pages: pageFolders, posts: postFolders) }
    sitemapFiles = Sitemap.fileCount(folders.count)
    outputs += (0..<sitemapFiles).map { .sitemapPart($0) }
    self.outputs = outputs
    sources = inputs.map {
      PageSources(
        context, menu: menu, hasNews: !posts.isEmpty, search: search, templates: theme.templates, inputs: $0)
    }
    self.outputs = try adding(files, to: outputs)
    try checkLinks()
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

  /// How many files the site has.
  public var outputCount: Int { outputs.count }

  /// Each member and the address of their page, for the owner to hand out where nothing links there; empty otherwise.
  public var unlistedMembers: [(id: String, url: String)] {
    guard context.configuration.members == .unlisted else { return [] }
    return zip(context.precomputed.users, context.catalogue.userNames).map { user, name in
      (user.id.description, context.address.canonical("users/\(name)/"))
    }
  }

  /// What a browser keeps from the first visit on.
  var shell: [String] {
    let address = context.address
    let own = taste.files.isEmpty ? [] : [address.link("rate/"), address.link("you/")]
    return [address.link(""), OfflinePage.path, address.link("search/"), "search/index.json"] + own
      + assets.files.map(\.path).filter { path in [".css", ".js", ".json", ".svg"].contains { path.hasSuffix($0) } }
  }

  /// The files of the search index, which are not among the rendered ones.
  public func searchFiles() -> [(path: String, bytes: [UInt8])] { search.files() }

  /// The folder of a page, from its file's name without the ending: each part of the way as a slug.
  public static func folder(ofPage name: String, under folder: String) -> String {
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
