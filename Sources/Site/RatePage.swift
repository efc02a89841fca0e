import Precompute
import Ratings
import Templates

/// Where newcomers rate the films that tell most about a taste; the rest is the work of `scripts/rate.js`.
enum RatePage {
  /// The stars that can be given.
  static let scaleSchema = TemplateSchema("rating scale", [.text("minimum"), .text("maximum"), .text("step")])

  static let fields: [TemplateField] = [.list("films", MovieCards.schema), .object("scale", scaleSchema)]

  static func object(in context: PageContext) -> TemplateObject {
    let texts = context.texts
    let page = PageFrame.Page(
      folder: "rate/", title: context.documentTitle(texts(.rateTitle)), description: texts(.rateDescription),
      section: .rate)
    let films = context.precomputed.browser?.asked ?? []
    return context.object(.rate, page, [context.cards.list(films), scale(in: context)])
  }

  static func scale(in context: PageContext) -> TemplateValue {
    let scale = context.precomputed.scale
    let numbers = [scale.minimum, scale.maximum, scale.step]
    return .object(TemplateObject(scaleSchema, numbers.map { .text(Numerals.short(Double($0))) }))
  }
}

/// A visitor's own list, diary and figures, all of it the work of `scripts/you.js`.
enum YouPage {
  static let fields: [TemplateField] = [
    .object("scale", RatePage.scaleSchema), .text("memberData"), .flag("packsMembers"),
  ]

  static func object(in context: PageContext) -> TemplateObject {
    let texts = context.texts
    let page = PageFrame.Page(
      folder: "you/", title: context.documentTitle(texts(.youTitle)), description: texts(.youDescription),
      section: .you)
    // Where a member's public data stand, for a film that suits several people.
    let memberData =
      switch context.configuration.members {
      case .shown: "api/users/"
      case .packed: PackedMembers.dataFolder
      default: ""
      }
    return context.object(
      .you, page,
      [RatePage.scale(in: context), .text(memberData), .flag(context.configuration.members == .packed)])
  }
}
