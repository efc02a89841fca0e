import Models
import Platform
import Precompute
import Templates

/// A point of a picture.
struct ChartPoint {
  let x: String
  let y: String
  let r: String

  static let model = PageModel<ChartPoint>("point") {
    Text("x", "The place from the left, in units of the picture.") { $0.x }
    Text("y", "The place from the top, in units of the picture.") { $0.y }
    Text("r", "The radius, in units of the picture.") { $0.r }
  }
}

/// A row of the table next to a picture.
struct ChartRow {
  let first: String
  let second: String
  let third: String

  static let model = PageModel<ChartRow>("row") {
    Text("first", "The first column.") { $0.first }
    Text("second", "The second column.") { $0.second }
    Text("third", "The third column; may be empty.") { $0.third }
  }
}

/// How one model learned: a picture of 320 x 160 units.
struct CurvePicture {
  let label: String
  let training: String
  let validation: String
  let high: String
  let low: String
  let epochs: String
  let summary: String
  let rows: [ChartRow]

  static let model = PageModel<CurvePicture>("curve") {
    Text("label", "The model's name for people.") { $0.label }
    Text("training", "The error on the ratings learned from, as the path of an SVG of 320 by 160 units.") {
      $0.training
    }
    Text("validation", "The error on ratings held out, likewise; empty where none were.") { $0.validation }
    Text("high", "The largest error: the upper edge.") { $0.high }
    Text("low", "The smallest error: the lower edge.") { $0.low }
    Text("epochs", "How many passes there were: the right edge.") { $0.epochs }
    Text("summary", "How the error went, in a sentence.") { $0.summary }
    List("rows", "The points as rows: pass, error, error on ratings held out.", of: ChartRow.model) { $0.rows }
  }
}

/// Whether one model's predictions mean what they say: a picture of 200 x 200 units.
struct CalibrationPicture {
  let label: String
  let isOfChances: Bool
  let points: [ChartPoint]
  let low: String
  let high: String
  let summary: String
  let rows: [ChartRow]

  static let model = PageModel<CalibrationPicture>("calibration") {
    Text("label", "The model's name for people.") { $0.label }
    Flag("isOfChances", "Whether chances are compared and not stars.") { $0.isOfChances }
    List(
      "points", "A point for each group of predictions: predicted to the right, observed upwards, larger for more.",
      of: ChartPoint.model
    ) { $0.points }
    Text("low", "The value at the left and lower edge.") { $0.low }
    Text("high", "The value at the right and upper edge.") { $0.high }
    Text("summary", "How far predictions are off, in a sentence.") { $0.summary }
    List("rows", "The points as rows: predicted, observed, how many.", of: ChartRow.model) { $0.rows }
  }
}

/// Pictures of how models learned and whether they mean what they say, as paths of an SVG; the numbers stand beside them
/// in a table.
enum ModelCharts {
  static func curves(of models: [ModelReport], texts: Texts) -> [CurvePicture] {
    models.compactMap { model in
      let curve = model.learningCurve
      guard curve.count > 1, let first = curve.first, let last = curve.last else { return nil }
      let values = curve.flatMap { [$0.trainingRMSE] + ($0.validationRMSE.map { [$0] } ?? []) }.filter(\.isFinite)
      guard let low = values.min(), let high = values.max() else { return nil }
      let span = max(high - low, 1e-9)
      func path(_ value: (LearningPoint) -> Double?) -> String {
        var path = ""
        for (position, point) in curve.enumerated() {
          guard let value = value(point), value.isFinite else { continue }
          path += path.isEmpty ? "M" : "L"
          path += number(Double(position) / Double(curve.count - 1) * 320)
          path += " " + number((high - value) / span * 150 + 5)
        }
        return path
      }
      let best = curve.compactMap { point in point.validationRMSE.map { (point.epoch, $0) } }.min { $0.1 < $1.1 }
      func decimal(_ value: Double) -> String { texts.decimal(value, places: 4) }
      var summary = texts.count(
        .curveSummary, curve.count, ["first": decimal(first.trainingRMSE), "last": decimal(last.trainingRMSE)])
      if let best { summary += " " + texts(.curveKept, ["best": decimal(best.1), "epoch": "\(best.0)"]) }
      return CurvePicture(
        label: ModelsPage.label(model.name), training: path { $0.trainingRMSE }, validation: path { $0.validationRMSE },
        high: decimal(high), low: decimal(low), epochs: "\(last.epoch)", summary: summary,
        rows: curve.map { point in
          ChartRow(
            first: "\(point.epoch)", second: decimal(point.trainingRMSE),
            third: point.validationRMSE.map(decimal) ?? "")
        })
    }
  }

  /// One picture of stars for each model that has bins, and one of chances where it gives any.
  static func calibrations(of models: [ModelReport], lowest: Double, highest: Double, texts: Texts)
    -> [CalibrationPicture]
  {
    models.flatMap { model -> [CalibrationPicture] in
      var pictures: [CalibrationPicture] = []
      if model.starCalibration.count > 1 {
        pictures.append(
          calibration(of: model, model.starCalibration, from: lowest, to: highest, isOfChances: false, texts: texts))
      }
      if model.chanceCalibration.count > 1 {
        pictures.append(
          calibration(of: model, model.chanceCalibration, from: 0, to: 1, isOfChances: true, texts: texts))
      }
      return pictures
    }
  }

  private static func calibration(
    of model: ModelReport, _ bins: [CalibrationBin], from low: Double, to high: Double, isOfChances: Bool, texts: Texts
  ) -> CalibrationPicture {
    let span = max(high - low, 1e-9)
    let most = Double(bins.map(\.count).max() ?? 1)
    let total = Double(bins.reduce(0) { $0 + $1.count })
    let miss = bins.reduce(0) { $0 + abs($1.predicted - $1.observed) * Double($1.count) } / max(1, total)
    func text(_ value: Double) -> String {
      isOfChances
        ? texts(.percent, ["value": texts.decimal(value * 100, places: 1)]) : texts.decimal(value, places: 2)
    }
    let summary =
      isOfChances
      ? texts(.calibrationChances, ["miss": texts.decimal(miss * 100, places: 1)])
      : texts(.calibrationStars, ["miss": texts.decimal(miss, places: 2)])
    return CalibrationPicture(
      label: ModelsPage.label(model.name), isOfChances: isOfChances,
      points: bins.map { bin in
        ChartPoint(
          x: number((bin.predicted - low) / span * 200), y: number(200 - (bin.observed - low) / span * 200),
          r: number(2.5 + 7 * (Double(bin.count) / most).squareRoot()))
      }, low: text(low), high: text(high), summary: summary,
      rows: bins.map {
        ChartRow(first: text($0.predicted), second: text($0.observed), third: texts.number($0.count))
      })
  }

  static func number(_ value: Double) -> String { Numerals.short(value, places: 1) }
}
