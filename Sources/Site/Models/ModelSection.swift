import Precompute
import Ratings
import Templates

/// A figure or a setting under its name.
private struct NamedFigure {
  let name: String
  let value: String

  static let model = PageModel<NamedFigure>("figure") {
    Text("name", "What the figure or setting is called.") { $0.name }
    Text("value", "Its value, as text.") { $0.value }
  }
}

/// What the page of models says about one of them.
struct ModelSection {
  let report: ModelReport
  let anchor: String
  let texts: Texts

  static let model = PageModel<ModelSection>("model") {
    Text("anchor", "An id for the section.") { $0.anchor }
    Text("name", "The model's name as in site.yaml.") { $0.report.name }
    Text("label", "The model's name for people.") { ModelsPage.label($0.report.name) }
    Text("family", "The kind of model.") { $0.report.family }
    Text("purpose", "What it does, in a sentence.") {
      $0.texts.optional("model." + $0.report.name) ?? $0.report.purpose
    }
    List("metrics", "Its figures on ratings held out.", announcedBy: "hasMetrics", of: NamedFigure.model) { section in
      section.report.metrics.lazy.map { name, value in
        NamedFigure(
          name: Figure.label(name, texts: section.texts), value: Figure.text(name, value, texts: section.texts))
      }
    }
    List(
      "settings", "The settings that it was trained with, chosen ones included.", announcedBy: "hasSettings",
      of: NamedFigure.model
    ) { section in
      section.report.settings.lazy.map { name, value in
        NamedFigure(name: name, value: SettingWords.text(name, value, texts: section.texts))
      }
    }
    Text("protocol", "How the figures were measured; empty without figures.") { $0.report.measured(in: $0.texts) }
    Text("reference", "The paper or source that it follows.") { $0.report.reference }
  }

  static func anchor(of model: ModelReport, _ anchors: inout UniqueNames) -> String {
    "model-" + anchors.claim(Slug.of(model.name), key: model.name)
  }
}

/// The measured models in rows, the best of each column marked.
struct ModelComparison {
  private let models: [ModelReport]
  private let columns: [Column]
  private let texts: Texts

  /// Nil where there are no figures.
  init?(_ models: [ModelReport], texts: Texts) {
    let measured = models.filter { !$0.metrics.isEmpty }
    var names: [String] = []
    for model in measured { for (name, _) in model.metrics where !names.contains(name) { names.append(name) } }
    guard !names.isEmpty else { return nil }
    self.models = measured
    self.texts = texts
    columns = names.map { name in
      Column(
        name: name, label: Figure.label(name, texts: texts),
        best: Figure.best(name, of: measured.compactMap { $0.figure(name) }))
    }
  }

  static let model = PageModel<ModelComparison>("comparison") {
    Text("protocol", "How the figures were measured.") { $0.models[0].measured(in: $0.texts) }
    List("columns", "The figures that any of the models has.", of: Column.model) { $0.columns }
    List("lines", "A line for each model that was measured.", of: Line.model) { $0.lines }
  }

  /// A figure of all models.
  private struct Column {
    let name: String
    let label: String
    let best: Double?

    static let model = PageModel<Column>("column") { Text("name", "What the figure is called.") { $0.label } }
  }

  /// The figures of a model.
  private struct Line {
    let label: String
    let anchor: String
    let cells: [Cell]

    static let model = PageModel<Line>("line") {
      Text("label", "The model's name for people.") { $0.label }
      Text("anchor", "The id of the model's section.") { $0.anchor }
      List("cells", "Its figures, in the order of the columns.", of: Cell.model) { $0.cells }
    }
  }

  /// A figure of a model.
  private struct Cell {
    let name: String
    let value: String
    let isBest: Bool

    static let model = PageModel<Cell>("cell") {
      Text("name", "What the figure is called.") { $0.name }
      Text("value", "The figure; a dash where the model has none.") { $0.value }
      Flag("isBest", "Whether it is the best of its column.") { $0.isBest }
    }
  }

  private var lines: [Line] {
    var anchors = UniqueNames()
    return models.map { model in
      let cells = columns.map { column in
        let value = model.figure(column.name)
        return Cell(
          name: column.label, value: value.map { Figure.text(column.name, $0, texts: texts) } ?? "–",
          isBest: value != nil && value == column.best)
      }
      return Line(
        label: ModelsPage.label(model.name), anchor: ModelSection.anchor(of: model, &anchors), cells: cells)
    }
  }
}

extension ModelReport {
  /// What the figures were measured on, in the site's language.
  fileprivate func measured(in texts: Texts) -> String {
    guard let measuredOn else { return evaluationProtocol }
    var words: [String] = []
    switch measuredOn.part {
    case .holdout(let share, let seed):
      let percent = texts(.percent, ["value": texts.short(share * 100, places: 1)])
      words.append(texts(.measuredHoldout, ["share": percent, "seed": String(seed)]))
    case .ownPart: words.append(texts(.measuredOwnPart))
    }
    if let users = measuredOn.sampledUsers {
      words.append(texts(.measuredSample, ["members": texts.count(.members, users)]))
    }
    if let ratings = measuredOn.importedRatings {
      words.append(texts(.measuredImported, ["ratings": texts.count(.ratings, ratings)]))
    }
    return words.joined(separator: "; ")
  }

  fileprivate func figure(_ name: String) -> Double? { metrics.first { $0.name == name }?.value }
}
