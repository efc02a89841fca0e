import Precompute
import Ratings
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

  private static let nameSchema = TemplateSchema("column", [.text("name")])
  private static let cellSchema = TemplateSchema("cell", [.text("name"), .text("value"), .flag("isBest")])
  private static let lineSchema = TemplateSchema("line", [.text("label"), .text("anchor"), .list("cells", cellSchema)])
  /// The figures of models side by side.
  private static let comparisonSchema = TemplateSchema(
    "comparison", [.text("protocol"), .list("columns", nameSchema), .list("lines", lineSchema)])

  static let fields: [TemplateField] =
    [
      .list("stars", modelSchema), .flag("hasStars"), .object("starFigures", comparisonSchema),
      .list("rankings", modelSchema), .flag("hasRankings"), .object("rankingFigures", comparisonSchema),
      .flag("hasModels"), .list("curves", ModelCharts.curveSchema), .flag("hasCurves"),
      .list("calibrations", ModelCharts.calibrationSchema), .flag("hasCalibrations"),
      .list("discoveries", DiscoveryChart.schema), .flag("hasDiscoveries"), .text("browserFilms"),
      .text("browserSize"), .text("scale"),
    ] + GenreHeatMap.fields + TasteMapView.fields

  static func object(in context: PageContext) -> TemplateObject {
    let models = context.precomputed.models
    let stars = models.filter { $0.job == "stars" }
    let rankings = models.filter { $0.job != "stars" }
    var anchors = UniqueNames()
    let texts = context.texts
    let curves = ModelCharts.curves(of: models, texts: texts)
    let scale = context.precomputed.scale
    // What visitors' browsers work with.
    var (browserFilms, browserSize) = ("", "")
    if let browser = context.precomputed.browser {
      browserFilms = texts.count(.films, browser.movies.count)
      browserSize = texts.number((browser.starBytes.count + browser.listBytes.count + 999) / 1000)
    }
    let calibrations = ModelCharts.calibrations(
      of: stars, lowest: Double(scale.minimum), highest: Double(scale.maximum), texts: texts)
    let discoveries = DiscoveryChart.charts(of: rankings, texts: texts)
    let page = PageFrame.Page(
      folder: "models/", title: context.documentTitle(texts(.modelsTitle)), description: texts(.modelsDescription),
      section: .models, data: "api/models.json")
    return context.object(
      .models, page,
      [
        .list(stars.map { value(of: $0, anchors: &anchors, texts: texts) }), .flag(!stars.isEmpty),
        comparison(of: stars, texts: texts),
        .list(rankings.map { value(of: $0, anchors: &anchors, texts: texts) }), .flag(!rankings.isEmpty),
        comparison(of: rankings, texts: texts),
        .flag(!models.isEmpty), .list(curves), .flag(!curves.isEmpty), .list(calibrations),
        .flag(!calibrations.isEmpty), .list(discoveries), .flag(!discoveries.isEmpty),
        .text(browserFilms), .text(browserSize), .text(Self.scale(in: context)),
      ] + GenreHeatMap.values(context.precomputed.genreSimilarity, texts: texts) + TasteMapView.values(in: context))
  }

  /// Between what ratings lie, in a sentence.
  private static func scale(in context: PageContext) -> String {
    let (scale, texts) = (context.precomputed.scale, context.texts)
    return texts(
      context.configuration.bestWasLow ? .modelsScaleTurned : .modelsScale,
      [
        "lowest": texts.short(Double(scale.minimum)), "highest": texts.short(Double(scale.maximum)),
        "step": texts.short(Double(scale.step)),
      ])
  }

  /// The measured models in rows, the best of each column marked; null where there are no figures.
  private static func comparison(of models: [ModelReport], texts: Texts) -> TemplateValue {
    let measured = models.filter { !$0.metrics.isEmpty }
    var names: [String] = []
    for model in measured { for (name, _) in model.metrics where !names.contains(name) { names.append(name) } }
    guard !names.isEmpty else { return .null }
    func figure(_ model: ModelReport, _ name: String) -> Double? { model.metrics.first { $0.name == name }?.value }
    let best = names.map { name in Figure.best(name, of: measured.compactMap { figure($0, name) }) }
    var anchors = UniqueNames()
    let lines = measured.map { model -> TemplateValue in
      let cells = zip(names, best).map { name, best -> TemplateValue in
        let value = figure(model, name)
        return .object(
          TemplateObject(
            cellSchema,
            [
              .text(Figure.label(name, texts: texts)),
              .text(value.map { Figure.text(name, $0, texts: texts) } ?? "–"),
              .flag(value != nil && value == best),
            ]))
      }
      return .object(
        TemplateObject(lineSchema, [.text(label(model.name)), .text(anchor(of: model, &anchors)), .list(cells)]))
    }
    return .object(
      TemplateObject(
        comparisonSchema,
        [
          .text(measured[0].evaluationProtocol),
          .list(names.map { .object(TemplateObject(nameSchema, [.text(Figure.label($0, texts: texts))])) }),
          .list(lines),
        ]))
  }

  private static func anchor(of model: ModelReport, _ anchors: inout UniqueNames) -> String {
    "model-" + anchors.claim(Slug.of(model.name), key: model.name)
  }

  private static func value(of model: ModelReport, anchors: inout UniqueNames, texts: Texts) -> TemplateValue {
    let settings = model.settings.map { setting -> TemplateValue in
      .object(
        TemplateObject(
          figureSchema, [.text(setting.name), .text(SettingWords.text(setting.name, setting.value, texts: texts))]))
    }
    let metrics = model.metrics.map { metric -> TemplateValue in
      .object(
        TemplateObject(
          figureSchema,
          [
            .text(Figure.label(metric.name, texts: texts)), .text(Figure.text(metric.name, metric.value, texts: texts)),
          ]))
    }
    return .object(
      TemplateObject(
        modelSchema,
        [
          .text(anchor(of: model, &anchors)), .text(model.name),
          .text(label(model.name)),
          .text(model.family), .text(texts.optional("model." + model.name) ?? model.purpose), .list(metrics),
          .flag(!model.metrics.isEmpty),
          .list(settings), .flag(!model.settings.isEmpty), .text(model.evaluationProtocol),
          .text(model.reference),
        ]))
  }

  /// A model's name for people: "list-neighbours" is "List neighbours", "als" is "ALS".
  static func label(_ name: String) -> String {
    if let special = labels[name] { return special }
    let words = String(name.map { $0 == "-" ? " " : $0 })
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static let labels = [
    "als": "ALS", "bpr": "BPR", "ease": "EASE", "ials": "iALS", "nmf": "NMF", "rp3beta": "RP3beta", "sgd": "SGD",
    "slim": "SLIM", "svdpp": "SVD++", "svm": "SVM", "timesvdpp": "timeSVD++", "warp": "WARP", "xgboost": "XGBoost",
  ]
}
