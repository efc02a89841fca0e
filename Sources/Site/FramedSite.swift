import Precompute
import Templates

/// What every page says of the site.
struct FramedSite {
  let configuration: SiteConfiguration
  let address: Address
  let catalogue: Catalogue
  /// The owner's pages that every page links to.
  let menu: [Link]
  let hasNews: Bool
  let hasLists: Bool

  private var texts: Texts { catalogue.texts }
  private var precomputed: Precomputed { catalogue.precomputed }

  /// The page of a part of the site; nil where the site has none.
  private func part(_ folder: String, if isThere: Bool = true) -> String? { isThere ? address.link(folder) : nil }

  private func part(_ kind: ShelfKind) -> String? {
    part(kind.folder, if: catalogue.shelves[kind]?.isEmpty == false)
  }

  static let model = PageModel<FramedSite>("site") {
    Text("title") { $0.configuration.title }
    Text("description") { $0.configuration.description }
    Text("author") { $0.configuration.author }
    Text("language") { $0.configuration.language }
    Text("direction") { $0.texts.direction }
    Text("quality") { $0.configuration.quality }
    Text("version") { $0.configuration.version }
    Flag("showsSampleNote") { $0.configuration.showsSampleNote }
    Text("movies") { $0.part("movies/") }
    Text("genres") { $0.part(.genre) }
    Text("decades") { $0.part(.decade) }
    Text("moods") { $0.part(.mood) }
    Text("tags") { $0.part(.tag) }
    Text("lists") { $0.part("lists/", if: $0.hasLists) }
    Text("members") { $0.part("users/", if: $0.configuration.members.arePublic) }
    Text("models") { $0.part("models/") }
    Text("news") { $0.part("news/", if: $0.hasNews) }
    Text("search") { $0.part("search/") }
    Text("rate") { $0.part("rate/", if: $0.precomputed.browser != nil) }
    Text("you") { $0.part("you/", if: $0.precomputed.browser != nil) }
    List("menu", of: Link.model) { $0.menu }
    Text("movieCount") { $0.texts.count(.films, $0.precomputed.movies.count) }
    Text("memberCount") { $0.texts.count(.members, $0.precomputed.memberCount) }
    Text("ratingCount") { $0.texts.count(.ratings, $0.precomputed.ratingCount) }
    Text("endpoint") { $0.configuration.endpoint == "/" ? $0.address.urlPath : $0.configuration.endpoint }
    Text("endpointOrigin") { origin(of: $0.configuration.endpoint) }
    Flag("likes") { $0.texts.speaksOfLikes }
  }

  /// What a content security policy lists for an endpoint on another host, behind a blank; empty for none.
  private static func origin(of endpoint: String) -> String {
    guard endpoint.hasPrefix("http") else { return "" }
    return " "
      + endpoint.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
  }
}
