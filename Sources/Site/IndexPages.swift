import Precompute
import Ratings
import Templates

/// One page of the list of all movies.
enum TitlesPage: SitePage {
  static let template = "titles"

  /// Which page, counted from 0.
  struct Input {
    let page: Int
    let context: PageContext

    var alphabet: [(letter: String, movie: Int32)] { context.catalogue.alphabet }
    var perPage: Int { context.configuration.titlesPerPage }
    var items: ArraySlice<(letter: String, movie: Int32)> {
      alphabet[Pager.items(onPage: page, perPage: perPage, of: alphabet.count)]
    }
    var count: String { context.texts.count(.films, alphabet.count) }
  }

  /// A letter that titles begin with.
  private struct Letter {
    let letter: String
    let path: String
    let isCurrent: Bool

    static let model = PageModel<Letter>("letter") {
      Text("letter", "The letter, or `0–9` or `…` for other beginnings.") { $0.letter }
      Text("path", "The page on which it begins, behind `root`.") { $0.path }
      Flag("isCurrent", "Whether this page begins with it.") { $0.isCurrent }
    }
  }

  static let model = PageModel<Input>(template) {
    Text("count", "How many films there are, in words.") { $0.count }
    List("letters", "The letters that titles begin with.", of: Letter.model) { input in
      let current = input.items.first?.letter
      return input.context.catalogue.letters.lazy.map { letter, first in
        let folder = folder(page: first / input.perPage)
        return Letter(letter: letter, path: input.context.address.link(folder), isCurrent: letter == current)
      }
    }
    List("movies", "The films of this page, by title.", announcedBy: "hasMovies", sharing: MovieCard.model) {
      $0.context.cards.list($0.items.map(\.movie))
    }
    Object("pager", "The pages of the list; absent where there is one.", of: Pager.model) { input in
      Pager(
        folder: "movies/", page: input.page, count: Pager.pageCount(input.alphabet.count, perPage: input.perPage),
        address: input.context.address)
    }
    Text("from", "The letter of the page's first title.") { $0.items.first?.letter ?? "" }
    Text("to", "The letter of its last title; absent where that is the same.") {
      $0.items.last?.letter == $0.items.first?.letter ? nil : $0.items.last?.letter
    }
  }

  private static func folder(page: Int) -> String { Pager.folder("movies/", page: page) }

  static func head(_ input: Input) -> PageFrame.Page {
    let context = input.context
    return PageFrame.Page(
      folder: folder(page: input.page), title: context.documentTitle(context.texts(.titlesTitle), page: input.page),
      description: context.texts(.titlesDescription, ["films": input.count]), section: .movies)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    let count = Pager.pageCount(context.precomputed.movies.count, perPage: context.configuration.titlesPerPage)
    return [
      file(of: site, count: count, path: { folder(page: $0) + "index.html" }) { Input(page: $0, context: context) }
    ]
  }
}

/// One page of the index of members.
enum MembersPage: SitePage {
  static let template = "members"

  /// Which page, counted from 0.
  struct Input {
    let page: Int
    let context: PageContext

    fileprivate var count: Int { context.precomputed.users.count }
    fileprivate var perPage: Int { context.configuration.membersPerPage }
    fileprivate var users: Range<Int> { Pager.items(onPage: page, perPage: perPage, of: count) }
  }

  /// A member in the index.
  private struct Member {
    let user: Int
    let context: PageContext

    var statistics: RatingStatistics { context.precomputed.statistics(ofUser: user) }

    static let model = PageModel<Member>("member") {
      Text("name", "What the member is called.") {
        $0.context.texts(.memberName, ["id": $0.context.precomputed.users[$0.user].id.description])
      }
      Text("path", "The member's page, behind `root`.") { $0.context.memberLink($0.user) }
      Text("count", "How many ratings the member has given, in words.") {
        $0.context.texts.count(.ratings, $0.statistics.count)
      }
      Text("mean", "The member's mean rating; empty without ratings.") {
        $0.statistics.count > 0 ? $0.context.texts.rating(Double($0.statistics.mean)) : ""
      }
    }
  }

  static let model = PageModel<Input>(template) {
    Text("count", "How many members there are, in words.") {
      $0.context.texts.count(.members, $0.context.precomputed.memberCount)
    }
    List("members", "The members of this page.", announcedBy: "hasMembers", of: Member.model) { input in
      input.users.lazy.map { Member(user: $0, context: input.context) }
    }
    Object("pager", "The pages of the index; absent where there is one.", of: Pager.model) { input in
      Pager(
        folder: "users/", page: input.page, count: Pager.pageCount(input.count, perPage: input.perPage),
        address: input.context.address)
    }
    // Where members are drawn by a script, for a page that finds one by name.
    Text("lookup", "Where a script finds a member by name, behind `root`; absent where members are listed.") { input in
      input.context.precomputed.membersApart.map { _ in input.context.address.link(PackedMembers.folder) }
    }
  }

  private static func folder(page: Int) -> String { Pager.folder("users/", page: page) }

  static func head(_ input: Input) -> PageFrame.Page {
    let context = input.context
    return PageFrame.Page(
      folder: folder(page: input.page), title: context.documentTitle(context.texts(.membersTitle), page: input.page),
      description: context.texts(.membersDescription), section: .members)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    guard context.configuration.members.arePublic else { return [] }
    let count = Pager.pageCount(context.precomputed.users.count, perPage: context.configuration.membersPerPage)
    return [
      file(of: site, count: count, path: { folder(page: $0) + "index.html" }) { Input(page: $0, context: context) }
    ]
  }
}
