import Precompute
import Ratings
import Templates

/// Fingerprints of what files are made from. A file whose fingerprint is that of an earlier build has the bytes that it
/// had there, so nobody needs to render it.
///
/// The files that most of a large site consists of have one: the pages and the JSON of movies and members, shelves, shared
/// pictures and the search index. Whoever shows something more on one of these pages adds it here; a test changes
/// everything that a site is made from, bit by bit, and compares.
struct PageSources: Sendable {
  /// What every page shows or is rendered by.
  private let shared: Fingerprint
  /// Per movie: its facts, address and poster.
  private let facts: [UInt64]
  /// Per movie: the same and how it was rated, which its card shows.
  private let cards: [UInt64]
  /// Per user: what they are called and where their page is.
  private let names: [UInt64]
  /// By kind: the titles and addresses of its shelves.
  private let shelves: [ShelfKind: UInt64]
  /// What the pages of members show besides what is theirs.
  private let members: UInt64
  let search: UInt64

  /// - Complexity: O(movies + users).
  ///
  /// - Parameters:
  ///   - menu: the owner's pages that every page links to.
  ///   - inputs: a fingerprint of program, settings and theme.
  init(
    _ context: PageContext, menu: [(title: String, folder: String)], hasNews: Bool, search index: SearchIndex,
    templates: [TemplateSource], inputs: UInt64
  ) {
    let catalogue = context.catalogue
    let precomputed = context.precomputed
    var shared = Fingerprint()
    shared.add(inputs)
    for number in [precomputed.scale.minimum, precomputed.scale.maximum, precomputed.scale.step] {
      shared.add(UInt64(number.bitPattern))
    }
    for page in menu { shared.add([page.title, page.folder]) }
    shared.add(hasNews ? 1 : 0 as Int)
    shared.add(context.lists.isEmpty ? 0 : 1 as Int)
    for kind in ShelfKind.allCases { shared.add(catalogue.shelves[kind].map { min(1, $0.count) }) }
    shared.add(precomputed.browser.map { _ in 1 })
    // How much there is of everything changes with every rating, and in most themes one page tells it.
    if templates.contains(where: { $0.name != PageKind.home.rawValue && Self.tellsCounts($0.text) }) {
      for count in [precomputed.movies.count, precomputed.memberCount, precomputed.ratingCount] { shared.add(count) }
    }
    self.shared = shared

    let facts = precomputed.movies.indices.map { Self.facts(of: $0, in: context) }
    self.facts = facts
    cards = precomputed.movies.indices.map { movie in
      var source = Fingerprint()
      source.add(facts[movie])
      source.add(precomputed.statistics(ofMovie: movie))
      return source.value
    }
    names = precomputed.users.indices.map { user in
      var source = Fingerprint()
      source.add(precomputed.users[user].id)
      source.add(catalogue.userNames[user])
      return source.value
    }
    shelves = catalogue.shelves.mapValues { shelves in
      var source = Fingerprint()
      for shelf in shelves { source.add([shelf.name, shelf.title, shelf.folder]) }
      return source.value
    }

    var members = Fingerprint()
    for kind in [ShelfKind.genre, .decade] { members.add(shelves[kind] ?? 0) }
    members.add(precomputed.tastes.genreNames)
    for list in precomputed.lists { members.add([list.model, list.starsModel]) }
    for model in precomputed.models { members.add([model.name, model.purpose]) }
    self.members = members.value

    var search = shared
    search.add(index.genres)
    for (movie, bucket) in index.buckets.enumerated() {
      search.add(facts[movie])
      search.add(bucket)
    }
    self.search = search.value
  }

  private static func tellsCounts(_ template: String) -> Bool {
    ["movieCount", "memberCount", "ratingCount"].contains { template.contains($0) }
  }

  private static func facts(of movie: Int, in context: PageContext) -> UInt64 {
    let catalogue = context.catalogue
    let facts = context.precomputed.movies[movie]
    var source = Fingerprint()
    source.add(facts.id)
    source.add([facts.title, facts.imdbID.map { "=" + $0 } ?? "", catalogue.mainGenreLabel(of: movie)])
    source.add(facts.year)
    source.add(facts.tmdbID)
    source.add(facts.genres)
    source.add(facts.directors)
    source.add([catalogue.movieFolders[movie], catalogue.movieNames[movie], context.cards.picture(movie)])
    return source.value
  }

  /// - Returns: nil for a file that is made anew in every build.
  func fingerprint(of output: Output, in context: PageContext) -> UInt64? {
    switch output {
    case .movie(let movie), .movieJSON(let movie): fingerprint(ofMovie: movie, in: context)
    case .member(let user), .memberJSON(let user): fingerprint(ofMember: user, in: context)
    case .shelf(let kind, let index, let order, let page):
      fingerprint(ofShelf: kind, index, order, page: page, in: context)
    // The path says all.
    case .sharePicture: shared.value
    default: nil
    }
  }

  private func fingerprint(ofMovie movie: Int, in context: PageContext) -> UInt64 {
    let catalogue = context.catalogue
    let precomputed = context.precomputed
    var source = shared
    source.add(cards[movie])
    for genre in precomputed.movies[movie].genres { source.add(catalogue.genreFolders[genre] ?? "") }
    let tags = precomputed.tags(ofMovie: movie)
    source.add(tags)
    for tag in tags { source.add(catalogue.tagFolders[tag.lowercased()] ?? "") }
    let lists = context.listsOfMovie[Int32(movie)] ?? []
    source.add(lists.count)
    for list in lists { source.add([context.lists[list].page.title, context.lists[list].folder]) }
    source.add(UInt64(precomputed.similarMeasure.rawValue))
    for rows in [precomputed.similar, precomputed.alsoSimilar, precomputed.kin] {
      let row = movie < rows.rowCount ? rows[movie] : []
      source.add(row.count)
      for similar in row {
        source.add(cards[Int(similar.movie)])
        source.add(similar.score, similar.sharedUsers)
        source.add(UInt64(truncatingIfNeeded: similar.sharedGenres))
      }
    }
    return source.value
  }

  private func fingerprint(ofMember user: Int, in context: PageContext) -> UInt64 {
    let precomputed = context.precomputed
    let tastes = precomputed.tastes
    var source = shared
    source.add(members)
    source.add(names[user])
    let statistics = precomputed.statistics(ofUser: user)
    source.add(statistics)
    // Everybody's mean changes with every rating, and the words about it hardly ever.
    source.add(MemberPage.habit(statistics, in: context))
    let favourites = precomputed.favourites(ofUser: user)
    source.add(favourites.count)
    for favourite in favourites { source.add(favourite.value, card: cards[favourite.movie]) }
    let people = precomputed.similarUsers(ofUser: user)
    source.add(people.count)
    for person in people {
      source.add(person.similarity, card: names[Int(person.user)])
      source.add(context.catalogue.closeness.percentage(of: Double(person.similarity)))
    }
    if user < precomputed.peopleSimilarities.rowCount {
      for pair in precomputed.peopleSimilarities[user] {
        source.add(context.catalogue.closeness.percentage(of: Double(pair) / 255))
      }
    }
    for shares in [tastes.genres, tastes.decades] where user < shares.rowCount {
      source.add(shares[user].count)
      for share in shares[user] {
        source.add(share.mean, share.key)
        source.add(UInt64(truncatingIfNeeded: share.count))
      }
    }
    if user < tastes.mainstream.count { source.add(UInt64(tastes.mainstream[user].bitPattern)) }
    if user < tastes.history.rowCount {
      source.add(tastes.history[user].count)
      for rated in tastes.history[user] {
        source.add(rated.value, card: cards[rated.movie])
        source.add(UInt64(rated.time))
      }
    }
    for list in precomputed.lists + [precomputed.unusual].compactMap(\.self) {
      let entries = precomputed.entries(of: list, user: user)
      source.add(entries.count)
      for (entry, reasons) in entries {
        source.add(entry.score, card: cards[entry.movie])
        source.add(UInt64(entry.low.bitPattern) << 32 | UInt64(entry.high.bitPattern))
        source.add(UInt64(entry.stars.bitPattern) << 32 | UInt64(reasons.count))
        for reason in reasons { source.add(reason.weight, card: cards[reason.movie]) }
      }
    }
    return source.value
  }

  private func fingerprint(
    ofShelf kind: ShelfKind, _ index: Int, _ order: ShelfOrder, page: Int, in context: PageContext
  ) -> UInt64 {
    guard let shelf = context.catalogue.shelves[kind]?[index] else { return 0 }
    var source = shared
    source.add(shelves[kind] ?? 0)
    source.add([shelf.name, shelf.title, shelf.note, shelf.folder, shelf.motif, order.folder])
    source.add(page)
    source.add(shelf.movies.count)
    let items = Pager.items(onPage: page, perPage: context.configuration.moviesPerPage, of: shelf.movies.count)
    for movie in shelf.movies(in: order)[items] { source.add(cards[movie]) }
    return source.value
  }
}

extension Website {
  /// The path of a file and a fingerprint of all that it is made from, where one is known: the same fingerprint means the
  /// same bytes.
  ///
  /// - Parameter index: 0..<`outputCount`.
  public func source(of index: Int) -> (path: String, fingerprint: UInt64)? {
    let output = outputs[index]
    guard let fingerprint = sources?.fingerprint(of: output, in: context), fingerprint != 0 else { return nil }
    return (path(of: index), fingerprint)
  }

  /// The same of the search index, for all its files.
  public var searchSource: UInt64? { sources?.search }
}

extension [UInt64] {
  fileprivate subscript(movie: Int32) -> UInt64 { self[Int(movie)] }
}

extension Fingerprint {
  fileprivate mutating func add(_ number: Float, _ other: Int32) {
    add(UInt64(number.bitPattern) << 32 | UInt64(UInt32(bitPattern: other)))
  }

  fileprivate mutating func add(_ number: Float, card: UInt64) {
    add(UInt64(number.bitPattern))
    add(card)
  }

  fileprivate mutating func add(_ statistics: RatingStatistics) {
    add(statistics.mean, Int32(truncatingIfNeeded: statistics.count))
    for count in statistics.histogram { add(UInt64(truncatingIfNeeded: count)) }
  }
}
