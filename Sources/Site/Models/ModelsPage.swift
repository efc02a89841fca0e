import Models
import Platform
import Precompute
import Ratings
import Templates

/// What was trained, how, and how good it is.
enum ModelsPage: SitePage {
  static let template = "models"

  /// The models by their task, each with the anchor of its section.
  struct Input {
    let context: PageContext
    let stars: [ModelSection]
    let rankings: [ModelSection]

    init(_ context: PageContext) {
      self.context = context
      var anchors = UniqueNames()
      let models = context.precomputed.models
      func sections(_ isWanted: (ModelReport) -> Bool) -> [ModelSection] {
        models.filter(isWanted).map { model in
          ModelSection(report: model, anchor: ModelSection.anchor(of: model, &anchors), texts: context.texts)
        }
      }
      stars = sections { $0.job == "stars" }
      rankings = sections { $0.job != "stars" }
    }

    fileprivate var texts: Texts { context.texts }
  }

  static let model = PageModel<Input>(template) {
    List("stars", "The models that predict ratings.", announcedBy: "hasStars", of: ModelSection.model) { $0.stars }
    Object("starFigures", "Their figures side by side; absent without figures.", of: ModelComparison.model) {
      ModelComparison($0.stars.map(\.report), texts: $0.texts)
    }
    List("rankings", "The models that make lists.", announcedBy: "hasRankings", of: ModelSection.model) { $0.rankings }
    Object("rankingFigures", "Their figures side by side; absent without figures.", of: ModelComparison.model) {
      ModelComparison($0.rankings.map(\.report), texts: $0.texts)
    }
    Flag("hasModels", "Whether any model was trained.") { !$0.context.precomputed.models.isEmpty }
    List("curves", "How models learned, pass by pass.", announcedBy: "hasCurves", of: CurvePicture.model) {
      ModelCharts.curves(of: $0.context.precomputed.models, texts: $0.texts)
    }
    List(
      "calibrations", "Whether predictions mean what they say.", announcedBy: "hasCalibrations",
      of: CalibrationPicture.model
    ) { input in
      let scale = input.context.precomputed.scale
      return ModelCharts.calibrations(
        of: input.stars.map(\.report), lowest: Double(scale.minimum), highest: Double(scale.maximum),
        texts: input.texts)
    }
    List(
      "discoveries", "What lists lose for showing more of the catalogue.", announcedBy: "hasDiscoveries",
      of: DiscoveryChart.model
    ) {
      DiscoveryChart.charts(of: $0.rankings.map(\.report), texts: $0.texts)
    }
    // What visitors' browsers work with.
    Text("browserFilms", "How many films the visitors' model knows, in words; empty without one.") { input in
      input.context.precomputed.browser.map { input.texts.count(.films, $0.movies.count) } ?? ""
    }
    Text("browserSize", "The size of the visitors' model, in kB; empty without one.") { input in
      input.context.precomputed.browser.map {
        input.texts.number(($0.starBytes.count + $0.listBytes.count + 999) / 1000)
      } ?? ""
    }
    Text("browserGain", "nDCG@10 of lists for people held out, by the visitors' model; empty where too few were.") {
      input in
      input.context.precomputed.browser?.choice.gain.map { [texts = input.texts] gain in texts.decimal(gain, places: 3)
      } ?? ""
    }
    Text("scale", "Between what ratings lie, in a sentence.") { scale(in: $0.context) }
    GenreHeatMap.model.of {
      GenreHeatMap(similarity: $0.context.precomputed.genreSimilarity, texts: $0.texts)
    }
    TasteMapView.model.of { TasteMapView(context: $0.context) }
  }

  static func head(_ input: Input) -> PageFrame.Page {
    PageFrame.Page(
      folder: "models/", title: input.context.documentTitle(input.texts(.modelsTitle)),
      description: input.texts(.modelsDescription), section: .models, data: ModelsJSON.path)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return [file(of: site, path: { _ in "models/index.html" }) { _ in Input(context) }]
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
