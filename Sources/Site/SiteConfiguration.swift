/// What the owner says about the site, and how its addresses look.
package struct SiteConfiguration: Sendable, Equatable, Encodable {
  /// How links within the site are written.
  package enum LinkStyle: String, Sendable, Encodable {
    /// `movies/1-toy-story/index.html`: also works from a disk.
    case files
    /// `movies/1-toy-story/`: needs a host that serves `index.html` for a folder.
    case folders
  }

  /// Who sees the members' pages.
  package enum Members: String, Sendable, Encodable {
    /// Everybody: the site links to them.
    case shown = "public"
    /// Who knows the address, which is made from a secret; nothing links to them and no search engine keeps them.
    case unlisted
    /// Everybody, on one page that reads its member from a few files: hosts limit how many a site may have.
    case packed
    /// Nobody: there are none.
    case absent

    /// Whether the site links to the members.
    var arePublic: Bool { self == .shown || self == .packed }
  }

  package var title: String
  package var description: String
  /// The absolute address of the home page; `/` is added where it does not end with one.
  package var url: String
  /// The language tag of the interface, such as "en".
  package var language: String
  package var author: String
  package var linkStyle: LinkStyle
  package var members: Members
  /// What the addresses of unlisted members are made from: 16 characters or more.
  package var memberSecret: String
  /// Where the page of a movie links to, in this order.
  package var filmLinks = FilmLink.allCases
  /// Movies on one page of a genre or decade, 1 or more.
  package var moviesPerPage: Int
  /// Titles on one page of the list of all movies, 1 or more.
  package var titlesPerPage: Int
  /// Members on one page of the members' index, 1 or more.
  package var membersPerPage: Int
  /// Movies in one row of the home page, 1 or more.
  package var moviesPerRow: Int
  /// How many of a list's movies a member's page shows; the JSON has them all.
  package var listLength: Int
  /// The name of the Markdown page whose excerpt is the site's story on the home page.
  package var storyPage: String
  /// "quick" or "best": how much work the build put into the models.
  package var quality: String
  package var version: String
  /// Whether the build folded new ratings into models of an earlier one.
  package var isQuickRebuild = false
  /// The address of the endpoint that takes accounts and ratings, with `/` at its end: "/" where it serves the site
  /// itself; empty where there is none.
  package var endpoint = ""
  /// The folder under `users/packed/` that packed members are in, with `/` at its end; empty for that folder itself.
  package var packedFolder = ""
  /// Whether members' pages show people with the same taste.
  package var showsPeople = true
  /// Whether each film has a file under `api/movies/`.
  package var writesFilmJSON = true
  /// Whether the lowest number in the data was the best: the ratings were turned over when they were read.
  package var bestWasLow = false
  /// Whether the footer says that the community is made up.
  package var showsSampleNote: Bool

  /// The description of a site that has none of its own; other languages have their own words for it.
  package static let standardDescription = "Films worth your evening, found by the people who rated them."

  package init(
    title: String = "Marquee", description: String = standardDescription,
    url: String = "http://localhost:8080/", language: String = "en", author: String = "", linkStyle: LinkStyle = .files,
    members: Members = .shown, memberSecret: String = "",
    moviesPerPage: Int = 60, titlesPerPage: Int = 96, membersPerPage: Int = 100, moviesPerRow: Int = 14,
    listLength: Int = 10, storyPage: String = "about", quality: String = "quick", version: String = "0.0.0",
    showsSampleNote: Bool = false
  ) {
    self.title = title
    self.description = description
    self.url = url
    self.language = language
    self.author = author
    self.linkStyle = linkStyle
    self.members = members
    self.memberSecret = memberSecret
    self.moviesPerPage = moviesPerPage
    self.titlesPerPage = titlesPerPage
    self.membersPerPage = membersPerPage
    self.moviesPerRow = moviesPerRow
    self.listLength = listLength
    self.storyPage = storyPage
    self.quality = quality
    self.version = version
    self.showsSampleNote = showsSampleNote
  }
}
