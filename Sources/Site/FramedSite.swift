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
    Text("title", "The site's name (`title` in site.yaml).") { $0.configuration.title }
    Text("description", "What the site is, for search engines (`description`).") { $0.configuration.description }
    Text("author", "Who makes it (`author`); empty where nobody is named.") { $0.configuration.author }
    Text("language", "The language's code, such as `en`.") { $0.configuration.language }
    Text("direction", "`ltr` or `rtl`: how the language is written.") { $0.texts.direction }
    Text("quality", "How well models were trained: `quick` or `best`.") { $0.configuration.quality }
    Text("version", "The version of the program that built it.") { $0.configuration.version }
    Flag("showsSampleNote", "Whether the ratings are those of the sample, which pages say.") {
      $0.configuration.showsSampleNote
    }
    Text("movies", "The list of all films, behind `root`.") { $0.part("movies/") }
    Text("genres", "The page of genres, behind `root`; empty where there is none.") { $0.part(.genre) }
    Text("decades", "The page of decades, behind `root`; empty where there is none.") { $0.part(.decade) }
    Text("moods", "The page of moods, behind `root`; empty where there is none.") { $0.part(.mood) }
    Text("tags", "The page of tags, behind `root`; empty where there is none.") { $0.part(.tag) }
    Text("lists", "The page of the editors' lists, behind `root`; empty where there is none.") {
      $0.part("lists/", if: $0.hasLists)
    }
    Text("members", "The index of members, behind `root`; empty where members are not shown.") {
      $0.part("users/", if: $0.configuration.members.arePublic)
    }
    Text("models", "The page about models, behind `root`.") { $0.part("models/") }
    Text("news", "The page of news, behind `root`; empty where there is none.") { $0.part("news/", if: $0.hasNews) }
    Text("search", "The search page, behind `root`.") { $0.part("search/") }
    Text("rate", "Where visitors rate films, behind `root`; empty without a model for them.") {
      $0.part("rate/", if: $0.precomputed.browser != nil)
    }
    Text("you", "The visitor's own page, behind `root`; empty without a model for visitors.") {
      $0.part("you/", if: $0.precomputed.browser != nil)
    }
    List("menu", "The owner's pages that belong into the menu.", of: Link.model) { $0.menu }
    Text("movieCount", "How many films there are, in words: “9,742 films”.") {
      $0.texts.count(.films, $0.precomputed.movies.count)
    }
    Text("memberCount", "How many members there are, in words.") {
      $0.texts.count(.members, $0.precomputed.memberCount)
    }
    Text("ratingCount", "How many ratings there are, in words.") {
      $0.texts.count(.ratings, $0.precomputed.ratingCount)
    }
    Text("endpoint", "The address of the server that takes ratings; empty for a site without one.") {
      $0.configuration.endpoint == "/" ? $0.address.urlPath : $0.configuration.endpoint
    }
    Text(
      "endpointOrigin",
      "The origin of a server with a full address, behind a blank, for a content security policy; otherwise empty."
    ) { origin(of: $0.configuration.endpoint) }
    Flag("likes", "Whether ratings only say liked or not, so that pages speak of likes and not of stars.") {
      $0.texts.speaksOfLikes
    }
  }

  /// What a content security policy lists for an endpoint on another host, behind a blank; empty for none.
  private static func origin(of endpoint: String) -> String {
    guard endpoint.hasPrefix("http") else { return "" }
    return " "
      + endpoint.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
  }
}
