import Precompute
import Ratings
import Templates

/// A figure or a setting under its name.
private struct NamedFigure {
  let name: String
  let value: String

  static let model = PageModel<NamedFigure>("figure") {
    Text("name") { $0.name }
    Text("value") { $0.value }
  }
}

/// What the page of models says about one of them.
struct ModelSection {
  let report: ModelReport
  let anchor: String
  let texts: Texts

  static let model = PageModel<ModelSection>("model") {
    Text("anchor") { $0.anchor }
    Text("name") { $0.report.name }
    Text("label") { ModelsPage.label($0.report.name) }
    Text("family") { $0.report.family }
    Text("purpose") { $0.texts.optional("model." + $0.report.name) ?? $0.report.purpose }
    List("metrics", announcedBy: "hasMetrics", of: NamedFigure.model) { section in
      section.report.metrics.lazy.map { name, value in
        NamedFigure(
          name: Figure.label(name, texts: section.texts), value: Figure.text(name, value, texts: section.texts))
      }
    }
    List("settings", announcedBy: "hasSettings", of: NamedFigure.model) { section in
      section.report.settings.lazy.map { name, value in
        NamedFigure(name: name, value: SettingWords.text(name, value, texts: section.texts))
      }
    }
    Text("protocol") { $0.report.evaluationProtocol }
    Text("reference") { $0.report.reference }
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
    Text("protocol") { $0.models[0].evaluationProtocol }
    List("columns", of: Column.model) { $0.columns }
    List("lines", of: Line.model) { $0.lines }
  }

  /// A figure of all models.
  private struct Column {
    let name: String
    let label: String
    let best: Double?

    static let model = PageModel<Column>("column") { Text("name") { $0.label } }
  }

  /// The figures of a model.
  private struct Line {
    let label: String
    let anchor: String
    let cells: [Cell]

    static let model = PageModel<Line>("line") {
      Text("label") { $0.label }
      Text("anchor") { $0.anchor }
      List("cells", of: Cell.model) { $0.cells }
    }
  }

  /// A figure of a model.
  private struct Cell {
    let name: String
    let value: String
    let isBest: Bool

    static let model = PageModel<Cell>("cell") {
      Text("name") { $0.name }
      Text("value") { $0.value }
      Flag("isBest") { $0.isBest }
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
  fileprivate func figure(_ name: String) -> Double? { metrics.first { $0.name == name }?.value }
}
