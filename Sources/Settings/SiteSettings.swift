package import Deployment
package import Markdown
package import Publishing
package import Ratings
package import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `content/site.yaml` says.
package struct SiteSettings: Sendable {
  /// The part that pages show.
  package var site: SiteConfiguration
  /// Files and folders with ratings, as absolute paths.
  package var data: [String] = []
  /// What site.yaml names as data where the command line names others, as absolute paths.
  package var replacedData: [String] = []
  /// Whose ratings the exports among them hold, by path.
  package var dataUsers: [String: String] = [:]
  /// What the ratings in the data are, where they are not to be judged by themselves.
  package var scale: DeclaredScale?
  package var quality: Quality = .best
  /// Whether a small change of the data may be folded into the models of the last training.
  package var rebuild: Rebuild = .exact
  /// Names of the models to train; empty for those of the quality.
  package var models: [String] = []
  /// Seed of everything random.
  package var seed: UInt64 = 1
  /// By how much each figure may become worse from one published build to the next.
  package var gates: [Gate: Double] = [:]
  /// Settings of models that are not the defaults: those of `content/models.yaml`.
  package var tuned = TunedSettings()
  /// The compression of copies next to the files (`index.html.gz`); nil for gzip where there is an endpoint, which sends
  /// what lies there, and for none elsewhere: hosts of plain files pack by themselves.
  package var compression: Set<Compression>?
  /// Where `marquee deploy` sends the site.
  package var deployment: [DeploymentTarget] = []
  /// Whether movies that a user rated may be on the user's lists.
  package var includesSeen = false
  /// Whether lists are put in an order in which more of the catalogue is found; nil leaves it to the quality.
  package var discovery: Bool?
  /// What becomes of HTML in the owner's texts.
  package var rawHTML = MarkdownDocument.RawHTML.none
  /// Whether texts are shown whose date is still to come.
  package var showsFuture = false
  /// How `marquee serve` works.
  package var serve = ServeSettings()

  /// What the owner should know of `site.yaml`, each with file and line.
  package var notes: [String] = []

  package init(site: SiteConfiguration = SiteConfiguration()) { self.site = site }

  /// Whether members' lists are made like those of newcomers with the same ratings: packed members' may be made on other
  /// machines than the site, where nobody knows more of them.
  package var foldsMembersIn: Bool { site.members == .packed }

  /// Whether lists are put in an order in which more of the catalogue is found.
  package var discovers: Bool { discovery ?? (quality == .best) }

  /// The day that it is, in UTC: with it a build decides which texts are due.
  package static var today: String { String(Date().formatted(.iso8601).prefix(10)) }

  /// The copies that a build packs, in a fixed order.
  package var copies: [Compression] {
    (compression ?? (site.endpoint.isEmpty ? [] : [.gzip])).sorted { $0.rawValue < $1.rawValue }
  }
}

/// What a build does when ratings changed.
package enum Rebuild: String, CaseIterable, Sendable {
  /// Trains again: the site is what a clean build would make.
  case exact
  /// Folds the ratings of the members who changed them into the models as they are, as long as few did.
  case quick
}
