import Platform
import Precompute
import Ratings
import Templates

/// The ratings that can be given, as scripts read them.
struct ScaleOfRatings {
  private let scale: RatingScale

  init(_ scale: RatingScale) { self.scale = scale }

  static let model = PageModel<ScaleOfRatings>("rating scale") {
    Text("minimum", "The lowest rating.") { Numerals.short(Double($0.scale.minimum)) }
    Text("maximum", "The highest rating.") { Numerals.short(Double($0.scale.maximum)) }
    Text("step", "The difference between one rating and the next.") { Numerals.short(Double($0.scale.step)) }
  }
}

/// Where newcomers rate the films that say most about a taste; the rest is the work of `scripts/rate.js`.
enum RatePage: SitePage {
  static let template = "rate"

  static let model = PageModel<PageContext>(template) {
    List("films", "The films that say most about a taste, for visitors to rate.", sharing: MovieCard.model) {
      $0.cards.list($0.precomputed.browser?.asked ?? [])
    }
    Object("scale", "The ratings that can be given, for scripts.", of: ScaleOfRatings.model) {
      ScaleOfRatings($0.shared.scale)
    }
  }

  static func head(_ context: PageContext) -> PageFrame.Page {
    PageFrame.Page(
      folder: "rate/", title: context.documentTitle(context.texts(.rateTitle)),
      description: context.texts(.rateDescription), section: .rate)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return site.taste.files.isEmpty ? [] : [file(of: site, path: { _ in "rate/index.html" }) { _ in context }]
  }
}

/// A visitor's own list, diary and figures, all of it the work of `scripts/you.js`.
enum YouPage: SitePage {
  static let template = "you"

  static let model = PageModel<PageContext>(template) {
    Object("scale", "The ratings that can be given, for scripts.", of: ScaleOfRatings.model) {
      ScaleOfRatings($0.shared.scale)
    }
    // Where a member's public data are, for a film for several people.
    Text("memberData", "Where members' public data lie, behind `root`; empty where they are not public.") {
      switch $0.configuration.members {
      case .shown: "api/users/"
      case .packed: PackedMembers.dataFolder
      case .unlisted, .absent: ""
      }
    }
    Flag("packsMembers", "Whether members' data are packed, several to a file.") { $0.configuration.members == .packed }
  }

  static func head(_ context: PageContext) -> PageFrame.Page {
    PageFrame.Page(
      folder: "you/", title: context.documentTitle(context.texts(.youTitle)),
      description: context.texts(.youDescription), section: .you)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return site.taste.files.isEmpty ? [] : [file(of: site, path: { _ in "you/index.html" }) { _ in context }]
  }
}
