import Precompute
import Ratings
import Templates

/// Where newcomers rate the films that tell most about a taste; the rest is the work of `scripts/rate.js`.
enum RatePage {
  /// The stars that can be given.
  static let scaleSchema = TemplateSchema("rating scale", [.text("minimum"), .text("maximum"), .text("step")])
  private static let askedSchema = TemplateSchema("asked film", [.object("movie", MovieCards.schema), .text("id")])

  static let fields: [TemplateField] = [.list("films", askedSchema), .object("scale", scaleSchema)]

  static func object(in context: PageContext) -> TemplateObject {
    let texts = context.texts
    let page = PageFrame.Page(
      folder: "rate/", title: context.documentTitle(texts(.rateTitle)), description: texts(.rateDescription),
      section: .rate)
    let films = (context.precomputed.browser?.asked ?? []).map { movie in
      TemplateValue.object(
        TemplateObject(
          askedSchema, [context.cards[movie], .text(context.precomputed.movies[Int(movie)].id.description)]))
    }
    return context.object(.rate, page, [.list(films), scale(in: context)])
  }

  static func scale(in context: PageContext) -> TemplateValue {
    let scale = context.precomputed.scale
    let numbers = [scale.minimum, scale.maximum, scale.step]
    return .object(TemplateObject(scaleSchema, numbers.map { .text(Numerals.short(Double($0))) }))
  }
}

/// A visitor's own list, diary and figures, all of it the work of `scripts/you.js`.
enum YouPage {
  static let fields: [TemplateField] = [.object("scale", RatePage.scaleSchema)]

  static func object(in context: PageContext) -> TemplateObject {
    let texts = context.texts
    let page = PageFrame.Page(
      folder: "you/", title: context.documentTitle(texts(.youTitle)), description: texts(.youDescription),
      section: .you)
    return context.object(.you, page, [RatePage.scale(in: context)])
  }
}
