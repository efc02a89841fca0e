import Templates

/// The picture that a shared link shows: the inks and the motif of a drawn poster, lying across.
///
/// Networks do not draw SVG, so it is a PNG. All movies with the same inks and motif share one file.
package struct SharePicture: Hashable, Sendable {
  package let palette: Int
  package let motif: String

  static let width = 600
  static let height = 315

  var path: String { "share/p\(palette)-\(motif).png" }

  /// The picture for a poster with these classes, "poster p6 m-horror v3 t1".
  package init(poster classes: String) {
    let words = classes.split(separator: " ")
    palette = words.first { $0.hasPrefix("p") && $0 != "poster" }.flatMap { Int($0.dropFirst()) } ?? 0
    motif = words.first { $0.hasPrefix("m-") }.map { String($0.dropFirst(2)) } ?? "film"
  }

  /// The file, with colours that the style sheet gives to the inks.
  package func png(_ inks: PosterInks) -> PNG {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(Self.width * Self.height)
    let size = Float(Self.height)
    for row in 0..<Self.height {
      let y = (Float(row) + 0.5) / size
      for column in 0..<Self.width {
        let x = (Float(column) + 0.5 - Float(Self.width - Self.height) / 2) / size
        pixels.append(bulb(column, row) ? 2 : ink(x: x, y: y))
      }
    }
    let colours = inks[palette]
    return PNG(width: Self.width, height: Self.height, colours: colours, pixels: pixels)
  }

  /// The row of bulbs of the marquee, along both long edges.
  private func bulb(_ column: Int, _ row: Int) -> Bool {
    let x = column % 20 - 10
    let y = min(row, Self.height - 1 - row) - 10
    return x * x + y * y <= 9
  }

  /// The ink at a place of a square from 0 to 1, which reaches beyond it to the left and right: 0 ground, 1 shape,
  /// 2 accent, 3 light.
  private func ink(x: Float, y: Float) -> UInt8 {
    func circle(_ cx: Float, _ cy: Float, _ radius: Float) -> Bool {
      (x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius
    }
    func ellipse(_ cx: Float, _ cy: Float, _ rx: Float, _ ry: Float) -> Bool {
      (x - cx) * (x - cx) / (rx * rx) + (y - cy) * (y - cy) / (ry * ry) < 1
    }
    func stripe(_ value: Float, _ width: Float, _ share: Float) -> Bool {
      let place = value / width
      return place - place.rounded(.down) < share
    }
    func triangle(_ top: Float, _ height: Float, _ base: Float) -> Bool {
      y > height && y < base && abs(x - top) < (y - height) * 0.75
    }
    guard y > 0.1, y < 0.9 else { return 0 }
    switch motif {
    case "action", "action2":
      if circle(0.5, 0.5, 0.12) { return 2 }
      let (dx, dy) = (abs(x - 0.5), abs(y - 0.5))
      // Rays by the ratio of the sides: no trigonometry, so the same bits everywhere.
      return circle(0.5, 0.5, 0.16)
        ? 0 : stripe(dx > dy ? dy / max(dx, 1e-6) : 2 - dx / max(dy, 1e-6), 0.4, 0.5) ? 1 : 0
    case "adventure", "western":
      if triangle(0.3, 0.38, 0.9) { return 2 }
      if triangle(0.68, 0.25, 0.9) { return 1 }
      return circle(0.08, 0.3, 0.09) ? 2 : 0
    case "scifi":
      if ellipse(0.5, 0.52, 0.62, 0.1), !ellipse(0.5, 0.52, 0.5, 0.06), !(y < 0.52 && circle(0.5, 0.5, 0.27)) {
        return 2
      }
      if circle(0.5, 0.5, 0.27) { return 1 }
      return circle(1.1, 0.25, 0.05) || circle(-0.2, 0.3, 0.012) || circle(0, 0.75, 0.012) || circle(1.25, 0.7, 0.012)
        ? 2 : 0
    case "romance", "comedy2", "drama":
      let (left, right) = (circle(0.36, 0.54, 0.29), circle(0.66, 0.46, 0.29))
      return left && right ? 3 : left ? 1 : right ? 2 : 0
    case "mystery", "thriller":
      if circle(0.56, 0.47, 0.05) { return 2 }
      for (index, radius) in [Float(0.12), 0.19, 0.27, 0.36].enumerated() {
        let shift = Float(index) * 0.025
        if circle(0.55 - shift, 0.48 + shift / 2, radius), !circle(0.55 - shift, 0.48 + shift / 2, radius - 0.035) {
          return 1
        }
      }
      return 0
    case "comedy", "children", "animation":
      if circle(0.34, 0.36, 0.07) || circle(0.66, 0.36, 0.07) { return 2 }
      return y > 0.5 && circle(0.5, 0.5, 0.38) && !circle(0.5, 0.5, 0.16) ? 1 : 0
    case "war":
      if circle(0.5, 0.26, 0.1) { return 2 }
      return y > 0.42 && abs(x - 0.5) < 0.4 && stripe(y + abs(x - 0.5), 0.16, 0.5) ? 1 : 0
    case "musical":
      let heights: [Float] = [0.35, 0.55, 0.75, 0.45, 0.65, 0.3, 0.5]
      let bar = Int(((x + 0.05) / 0.16).rounded(.down))
      guard heights.indices.contains(bar), stripe(x + 0.05, 0.16, 0.6) else { return 0 }
      return y > 0.9 - heights[bar] ? (bar % 2 == 0 ? 1 : 2) : 0
    case "horror":
      if circle(0.5, 0.5, 0.07) { return 0 }
      return circle(0.5, 0.5, 0.17) ? 1 : ellipse(0.5, 0.5, 0.48, 0.24) ? 2 : 0
    case "crime", "crime2", "noir":
      if circle(0.5, 0.4, 0.1) || (y > 0.4 && y < 0.72 && abs(x - 0.5) < 0.04 + (y - 0.4) * 0.2) { return 0 }
      return circle(0.5, 0.5, 0.36) ? 1 : circle(0.5, 0.5, 0.39) ? 2 : 0
    case "fantasy":
      if circle(0.55, 0.38, 0.22), !circle(0.64, 0.33, 0.19) { return 2 }
      if ellipse(0.1, 0.95, 0.7, 0.22) { return 1 }
      return ellipse(1.0, 0.98, 0.7, 0.3) ? 3 : 0
    case "drama2":
      for (index, width) in [Float(0.12), 0.24, 0.36, 0.48].enumerated() where ellipse(0.5, 0.9, width, width * 1.45) {
        return [0, 2, 0, 1][index]
      }
      return 0
    default:
      // A reel of film.
      let holes: [(Float, Float)] = [(0.5, 0.28), (0.5, 0.72), (0.3, 0.39), (0.7, 0.39), (0.3, 0.61), (0.7, 0.61)]
      if circle(0.5, 0.5, 0.04) || holes.contains(where: { circle($0.0, $0.1, 0.09) }) { return 0 }
      return circle(0.5, 0.5, 0.36) ? 1 : circle(0.5, 0.5, 0.4) && !circle(0.5, 0.5, 0.385) ? 2 : 0
    }
  }
}

/// The colours of the drawn posters, read from the style sheet, so that a theme changes them in one place.
package struct PosterInks: Sendable {
  private var palettes: [[UInt32]] = []

  package init(styleSheet: [UInt8]) {
    let css = String(decoding: styleSheet, as: UTF8.self)
    let standard: [UInt32] = [0x14304a, 0xe8642c, 0xf4c95d, 0xfbf3e2]
    let base = Self.inks(after: "\n.poster {", in: css, standard)
    palettes = (0..<PosterArt.palettes).map { $0 == 0 ? base : Self.inks(after: "\n.p\($0) {", in: css, base) }
  }

  /// Ground, shape, accent, light.
  subscript(palette: Int) -> [UInt32] { palettes[palette % palettes.count] }

  private static func inks(after start: String, in css: String, _ standard: [UInt32]) -> [UInt32] {
    guard let range = css.firstRange(of: start) else { return standard }
    let block = css[range.upperBound...].prefix { $0 != "}" }
    return zip(["--g: #", "--s: #", "--a: #", "--t: #"], standard).map { name, colour in
      block.firstRange(of: name).flatMap { UInt32(block[$0.upperBound...].prefix(6), radix: 16) } ?? colour
    }
  }
}
