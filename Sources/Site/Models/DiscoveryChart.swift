import Models
import Precompute
import Templates

/// What lists lose for showing more of the catalogue, a picture of 320 x 160 units for each list model: coverage to the right, nDCG
/// upwards.
enum DiscoveryChart {
  static let schema = TemplateSchema(
    "trade-off",
    [
      .text("label"), .text("path"), .list("points", ModelCharts.pointSchema), .text("from"), .text("to"),
      .text("summary"), .list("rows", ModelCharts.rowSchema),
    ])

  static func charts(of models: [ModelReport], texts: Texts) -> [TemplateValue] {
    models.compactMap { model in model.discoveryCurve.flatMap { chart(model.name, $0, texts: texts) } }
  }

  private static func chart(_ name: String, _ curve: DiscoveryCurve, texts: Texts) -> TemplateValue? {
    guard curve.points.count > 1, let plain = curve.points.first,
      let chosen = curve.points.first(where: { $0.strength == curve.strength })
    else { return nil }
    let (coverages, accuracies) = (curve.points.map(\.coverage), curve.points.map(\.accuracy))
    let across = scale(coverages, length: 320)
    let up = scale(accuracies, length: 160)
    let places = curve.points.map { (x: across($0.coverage), y: 160 - up($0.accuracy)) }
    let path = places.map { "\(ModelCharts.number($0.x)) \(ModelCharts.number($0.y))" }.joined(separator: "L")
    func share(_ value: Double) -> String { texts(.percent, ["value": texts.decimal(value * 100, places: 1)]) }
    func decimal(_ value: Double) -> String { texts.decimal(value, places: 4) }
    let summary = texts(
      curve.strength > 0 ? .discoverySummary : .discoveryOff,
      [
        "accuracy": decimal(chosen.accuracy), "plain": decimal(plain.accuracy), "coverage": share(chosen.coverage),
        "plainCoverage": share(plain.coverage),
      ])
    return .object(
      TemplateObject(
        schema,
        [
          .text(ModelsPage.label(name)), .text("M" + path),
          .list(
            zip(curve.points, places).map { point, place in
              .object(
                TemplateObject(
                  ModelCharts.pointSchema,
                  [
                    .text(ModelCharts.number(place.x)), .text(ModelCharts.number(place.y)),
                    .text(point.strength == curve.strength ? "9" : "4"),
                  ]))
            }), .text(share(coverages.min() ?? 0)), .text(share(coverages.max() ?? 0)), .text(summary),
          .list(
            curve.points.map { point in
              ModelCharts.row(
                texts.decimal(Double(point.strength), places: 1), decimal(point.accuracy), share(point.coverage))
            }),
        ]))
  }

  /// Where values lie between the lowest and the highest.
  private static func scale(_ values: [Double], length: Double) -> (Double) -> Double {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    return { (value: Double) in (value - low) / max(high - low, 1e-9) * length }
  }
}
