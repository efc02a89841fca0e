import Precompute
import Ratings
import Templates

/// Ratings by level, as bars in an SVG and as a table.
///
/// Coordinates are whole units of a picture `width` x 64 with 20 units for each bar.
enum Histogram {
  private static let mostBars = 20
  private static let height = 64

  private static let barSchema = TemplateSchema(
    "bar",
    [.text("level"), .text("count"), .text("share"), .number("x"), .number("y"), .number("height")])
  static let schema = TemplateSchema(
    "histogram", [.number("width"), .text("lowest"), .text("highest"), .list("bars", barSchema)])

  /// Null where nothing was rated.
  static func value(of statistics: RatingStatistics, scale: RatingScale, texts: Texts) -> TemplateValue {
    let levels = statistics.histogram
    guard statistics.count > 0, !levels.isEmpty else { return .null }
    let group = (levels.count + mostBars - 1) / mostBars
    let starts = Array(stride(from: 0, to: levels.count, by: group))
    let counts = starts.map { start in levels[start..<min(start + group, levels.count)].reduce(0) { $0 + Int($1) } }
    let largest = max(counts.max() ?? 0, 1)
    let total = max(counts.reduce(0, +), 1)
    func name(_ level: Int) -> String {
      let value = Double(scale.minimum) + Double(level) * Double(scale.step)
      return texts.speaksOfLikes ? texts.given(value) : texts.short(value)
    }
    let bars = zip(starts, counts).enumerated().map { position, bar in
      let (start, count) = bar
      let end = min(start + group, levels.count) - 1
      let tall = count == 0 ? 1 : max(2, count * (height - 2) / largest)
      return TemplateValue.object(
        TemplateObject(
          barSchema,
          [
            .text(start == end ? name(start) : name(start) + "–" + name(end)), .text(texts.number(count)),
            .text(texts.percent(Double(count) / Double(total))), .integer(position * 20 + 1),
            .integer(height - tall), .integer(tall),
          ]))
    }
    return .object(
      TemplateObject(
        schema, [.integer(starts.count * 20), .text(name(0)), .text(name(levels.count - 1)), .list(bars)]))
  }
}
