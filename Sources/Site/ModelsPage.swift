import Precompute
import Templates

/// What was trained, how, and how good it is.
enum ModelsPage {
  private static let figureSchema = TemplateSchema("figure", [.text("name"), .text("value")])
  private static let modelSchema = TemplateSchema(
    "model",
    [
      .text("anchor"), .text("name"), .text("label"), .text("family"), .text("purpose"),
      .list("metrics", figureSchema), .flag("hasMetrics"), .list("settings", figureSchema), .flag("hasSettings"),
      .text("protocol"), .text("reference"),
    ])

  static let fields: [TemplateField] = [
    .list("stars", modelSchema), .flag("hasStars"), .list("rankings", modelSchema), .flag("hasRankings"),
    .flag("hasModels"),
  ]

  static func object(in context: PageContext) -> TemplateObject {
    let models = context.precomputed.models
    let stars = models.filter { $0.job == "stars" }
    let rankings = models.filter { $0.job != "stars" }
    var anchors = UniqueNames()
    let page = PageFrame.Page(
      folder: "models/", title: context.documentTitle(context.texts(.modelsTitle)),
      description: context.texts(.modelsDescription),
      section: .models, data: "api/models.json")
    return context.object(
      .models, page,
      [
        .list(stars.map { value(of: $0, anchors: &anchors, texts: context.texts) }), .flag(!stars.isEmpty),
        .list(rankings.map { value(of: $0, anchors: &anchors, texts: context.texts) }), .flag(!rankings.isEmpty),
        .flag(!models.isEmpty),
      ])
  }

  private static func value(of model: ModelReport, anchors: inout UniqueNames, texts: Texts) -> TemplateValue {
    func figures(_ figures: [(name: String, value: Double)]) -> TemplateValue {
      .list(
        figures.map { figure in
          .object(
            TemplateObject(
              figureSchema, [.text(figureLabel(figure.name)), .text(texts.short(figure.value, places: 4))]))
        })
    }
    return .object(
      TemplateObject(
        modelSchema,
        [
          .text("model-" + anchors.claim(Slug.of(model.name), key: model.name)), .text(model.name),
          .text(label(model.name)),
          .text(model.family), .text(texts.optional("model." + model.name) ?? model.purpose), figures(model.metrics),
          .flag(!model.metrics.isEmpty),
          figures(model.settings), .flag(!model.settings.isEmpty), .text(model.evaluationProtocol),
          .text(model.reference),
        ]))
  }

  /// A model's name for people: "list-neighbours" is "List neighbours", "als" is "ALS".
  static func label(_ name: String) -> String {
    if ["als", "nmf", "sgd", "svm", "ease", "slim", "ials", "bpr", "warp"].contains(name) {
      return name == "ials" ? "iALS" : name.uppercased()
    }
    if let special = ["svdpp": "SVD++", "timesvdpp": "timeSVD++", "rp3beta": "RP3beta", "xgboost": "XGBoost"][name] {
      return special
    }
    let words = name.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// A metric's or setting's name for people: "rmse" is "RMSE", "ndcg@10" is "NDCG@10".
  private static func figureLabel(_ name: String) -> String {
    let head = name.prefix { $0 != "@" }
    let isAcronym = ["rmse", "mae", "ndcg", "map", "mrr", "auc"].contains(String(head))
    return isAcronym ? head.uppercased() + name.dropFirst(head.count) : name
  }
}
