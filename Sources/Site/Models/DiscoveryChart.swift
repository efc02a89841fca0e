import Models
import Precompute
import Templates

/// What lists lose for showing more of the catalogue, a picture of 320 x 160 units for each list model: coverage to the right, nDCG
/// upwards.
struct DiscoveryChart {
  let label: String
  let path: String
  let points: [ChartPoint]
  let from: String
  let to: String
  let summary: String
  let rows: [ChartRow]

  static let model = PageModel<DiscoveryChart>("trade-off") {
    Text("label", "The model's name for people.") { $0.label }
    Text("path", "The curve as the path of an SVG of 320 by 160 units.") { $0.path }
    List("points", "A point for each strength that was tried; the chosen one is larger.", of: ChartPoint.model) {
      $0.points
    }
    Text("from", "The smallest share of the catalogue on anybody's list, in percent: the left edge.") { $0.from }
    Text("to", "The largest share: the right edge.") { $0.to }
    Text("summary", "What the chosen strength costs and gains, in a sentence.") { $0.summary }
    List("rows", "The points as rows: strength, nDCG@10, share of the catalogue.", of: ChartRow.model) { $0.rows }
  }

  static func charts(of models: [ModelReport], texts: Texts) -> [DiscoveryChart] {
    models.compactMap { model in model.discoveryCurve.flatMap { chart(model.name, $0, texts: texts) } }
  }

  private static func chart(_ name: String, _ curve: DiscoveryCurve, texts: Texts) -> DiscoveryChart? {
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
    return DiscoveryChart(
      label: ModelsPage.label(name), path: "M" + path,
      points: zip(curve.points, places).map { point, place in
        ChartPoint(
          x: ModelCharts.number(place.x), y: ModelCharts.number(place.y),
          r: point.strength == curve.strength ? "9" : "4")
      }, from: share(coverages.min() ?? 0), to: share(coverages.max() ?? 0), summary: summary,
      rows: curve.points.map { point in
        ChartRow(
          first: texts.decimal(Double(point.strength), places: 1), second: decimal(point.accuracy),
          third: share(point.coverage))
      })
  }

  /// Where values lie between the lowest and the highest.
  private static func scale(_ values: [Double], length: Double) -> (Double) -> Double {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    return { (value: Double) in (value - low) / max(high - low, 1e-9) * length }
  }
}
