import Precompute
import Ratings
import Templates

/// Ratings by level, as bars in an SVG and as a table.
///
/// Coordinates are whole units of a picture `width` x 64 with 20 units for each bar.
struct Histogram {
  private static let mostBars = 20
  private static let height = 64

  struct Bar {
    let level: String
    let count: String
    let share: String
    let x: Int
    let height: Int

    static let model = PageModel<Bar>("bar") {
      Text("level", "The rating, or the ratings from lowest to highest, that the bar stands for.") { $0.level }
      Text("count", "How many such ratings there are.") { $0.count }
      Text("share", "Their share of all, in percent.") { $0.share }
      Number("x", "The left edge, in units of the picture.") { $0.x }
      Number("y", "The upper edge, in units of the picture, 64 high.") { Histogram.height - $0.height }
      Number("height", "The height in units of the picture.") { $0.height }
    }
  }

  let lowest: String
  let highest: String
  let bars: [Bar]

  static let model = PageModel<Histogram>("histogram") {
    Number("width", "The picture's width: 20 units a bar.") { $0.bars.count * 20 }
    Text("lowest", "The lowest rating of the scale.") { $0.lowest }
    Text("highest", "The highest rating of the scale.") { $0.highest }
    List(
      "bars", "A bar for each level of the scale, the lowest first; levels are put together beyond 20.", of: Bar.model
    ) { $0.bars }
  }

  /// Nil where nothing was rated.
  init?(_ statistics: RatingStatistics, in shared: SharedContext) {
    let levels = statistics.histogram
    guard statistics.count > 0, !levels.isEmpty else { return nil }
    let (scale, texts) = (shared.scale, shared.texts)
    let group = (levels.count + Self.mostBars - 1) / Self.mostBars
    let starts = Array(stride(from: 0, to: levels.count, by: group))
    let counts = starts.map { start in levels[start..<min(start + group, levels.count)].reduce(0) { $0 + Int($1) } }
    let largest = max(counts.max() ?? 0, 1)
    let total = max(counts.reduce(0, +), 1)
    func name(_ level: Int) -> String {
      let value = Double(scale.minimum) + Double(level) * Double(scale.step)
      return texts.speaksOfLikes ? texts.given(value) : texts.short(value)
    }
    lowest = name(0)
    highest = name(levels.count - 1)
    bars = zip(starts, counts).enumerated().map { position, bar in
      let (start, count) = bar
      let end = min(start + group, levels.count) - 1
      return Bar(
        level: start == end ? name(start) : name(start) + "–" + name(end), count: texts.number(count),
        share: texts.percent(Double(count) / Double(total)), x: position * 20 + 1,
        height: count == 0 ? 1 : max(2, count * (Self.height - 2) / largest))
    }
  }
}
