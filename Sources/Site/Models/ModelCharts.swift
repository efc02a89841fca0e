import Models
import Precompute
import Templates

/// Pictures of how models learned and whether they mean what they say, as paths of an SVG; the numbers stand beside them
/// in a table.
enum ModelCharts {
  static let pointSchema = TemplateSchema("point", [.text("x"), .text("y"), .text("r")])
  static let rowSchema = TemplateSchema("row", [.text("first"), .text("second"), .text("third")])

  /// How one model learned: a picture of 320 x 160 units.
  static let curveSchema = TemplateSchema(
    "curve",
    [
      .text("label"), .text("training"), .text("validation"), .text("high"), .text("low"), .text("epochs"),
      .text("summary"), .list("rows", rowSchema),
    ])

  /// Whether one model's predictions mean what they say: a picture of 200 x 200 units.
  static let calibrationSchema = TemplateSchema(
    "calibration",
    [
      .text("label"), .flag("isOfChances"), .list("points", pointSchema), .text("low"), .text("high"), .text("summary"),
      .list("rows", rowSchema),
    ])

  static func curves(of models: [ModelReport], texts: Texts) -> [TemplateValue] {
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
      return .object(
        TemplateObject(
          curveSchema,
          [
            .text(ModelsPage.label(model.name)), .text(path { $0.trainingRMSE }), .text(path { $0.validationRMSE }),
            .text(decimal(high)), .text(decimal(low)), .text("\(last.epoch)"), .text(summary),
            .list(
              curve.map { point in
                row("\(point.epoch)", decimal(point.trainingRMSE), point.validationRMSE.map(decimal) ?? "")
              }),
          ]))
    }
  }

  /// One picture of stars for each model that has bins, and one of chances where it gives any.
  static func calibrations(of models: [ModelReport], lowest: Double, highest: Double, texts: Texts) -> [TemplateValue] {
    models.flatMap { model -> [TemplateValue] in
      var pictures: [TemplateValue] = []
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
  ) -> TemplateValue {
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
    return .object(
      TemplateObject(
        calibrationSchema,
        [
          .text(ModelsPage.label(model.name)), .flag(isOfChances),
          .list(
            bins.map { bin in
              .object(
                TemplateObject(
                  pointSchema,
                  [
                    .text(number((bin.predicted - low) / span * 200)),
                    .text(number(200 - (bin.observed - low) / span * 200)),
                    .text(number(2.5 + 7 * (Double(bin.count) / most).squareRoot())),
                  ]))
            }), .text(text(low)), .text(text(high)), .text(summary),
          .list(bins.map { row(text($0.predicted), text($0.observed), texts.number($0.count)) }),
        ]))
  }

  static func row(_ first: String, _ second: String, _ third: String) -> TemplateValue {
    .object(TemplateObject(rowSchema, [.text(first), .text(second), .text(third)]))
  }

  static func number(_ value: Double) -> String { Numerals.short(value, places: 1) }
}
