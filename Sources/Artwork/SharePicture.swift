import Synchronization

/// The picture that a shared link shows: the inks and the motif of a drawn poster, lying across.
///
/// Networks do not draw SVG, so it is a PNG. All movies with the same inks and motif share one file.
package struct SharePicture: Hashable, Sendable {
  package let palette: Int
  package let motif: String

  package static let width = 600
  package static let height = 315

  package init(palette: Int, motif: String) {
    self.palette = palette
    self.motif = motif
  }

  package var path: String { "share/p\(palette)-\(motif).png" }

  /// A drawing, as it is for every palette.
  fileprivate static func file(of drawing: Drawing) -> PNG {
    let size = Float(height)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for row in 0..<height {
      let y = (Float(row) + 0.5) / size
      for column in 0..<width {
        let x = (Float(column) + 0.5 - Float(width - height) / 2) / size
        pixels.append(bulb(column, row) ? 2 : drawing.ink(x: x, y: y))
      }
    }
    return PNG(width: width, height: height, pixels: pixels)
  }

  /// The row of bulbs of the marquee, along both long edges.
  private static func bulb(_ column: Int, _ row: Int) -> Bool {
    let y = min(row, height - 1 - row) - 10
    guard y * y <= 9 else { return false }
    let x = column % 20 - 10
    return x * x + y * y <= 9
  }
}

/// What a motif is drawn as.
private enum Drawing {
  case rays, mountains, planet, circles, whorl, smile, chevrons, bars, eye, keyhole, moon, arches, reel

  // Made once, not for each pixel.
  private static let radii: [Float] = [0.12, 0.19, 0.27, 0.36]
  private static let heights: [Float] = [0.35, 0.55, 0.75, 0.45, 0.65, 0.3, 0.5]
  private static let doorways: [(width: Float, ink: UInt8)] = [(0.12, 0), (0.24, 2), (0.36, 0), (0.48, 1)]
  private static let holes: [(Float, Float)] = [
    (0.5, 0.28), (0.5, 0.72), (0.3, 0.39), (0.7, 0.39), (0.3, 0.61), (0.7, 0.61),
  ]

  init(motif: String) {
    self =
      switch motif {
      case "action", "action2": .rays
      case "adventure", "western": .mountains
      case "scifi": .planet
      case "romance", "comedy2", "drama": .circles
      case "mystery", "thriller": .whorl
      case "comedy", "children", "animation": .smile
      case "war": .chevrons
      case "musical": .bars
      case "horror": .eye
      case "crime", "crime2", "noir": .keyhole
      case "fantasy": .moon
      case "drama2": .arches
      default: .reel
      }
  }

  /// The ink at a place of a square from 0 to 1, which reaches beyond it to the left and right: 0 ground, 1 shape,
  /// 2 accent, 3 light.
  func ink(x: Float, y: Float) -> UInt8 {
    guard y > 0.1, y < 0.9 else { return 0 }
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
    switch self {
    case .rays:
      if circle(0.5, 0.5, 0.12) { return 2 }
      let (dx, dy) = (abs(x - 0.5), abs(y - 0.5))
      // Rays by the ratio of the sides: no trigonometry, so the same bits everywhere.
      return circle(0.5, 0.5, 0.16)
        ? 0 : stripe(dx > dy ? dy / max(dx, 1e-6) : 2 - dx / max(dy, 1e-6), 0.4, 0.5) ? 1 : 0
    case .mountains:
      if triangle(0.3, 0.38, 0.9) { return 2 }
      if triangle(0.68, 0.25, 0.9) { return 1 }
      return circle(0.08, 0.3, 0.09) ? 2 : 0
    case .planet:
      if ellipse(0.5, 0.52, 0.62, 0.1), !ellipse(0.5, 0.52, 0.5, 0.06), !(y < 0.52 && circle(0.5, 0.5, 0.27)) {
        return 2
      }
      if circle(0.5, 0.5, 0.27) { return 1 }
      return circle(1.1, 0.25, 0.05) || circle(-0.2, 0.3, 0.012) || circle(0, 0.75, 0.012) || circle(1.25, 0.7, 0.012)
        ? 2 : 0
    case .circles:
      let (left, right) = (circle(0.36, 0.54, 0.29), circle(0.66, 0.46, 0.29))
      return left && right ? 3 : left ? 1 : right ? 2 : 0
    case .whorl:
      if circle(0.56, 0.47, 0.05) { return 2 }
      for index in Self.radii.indices {
        let radius = Self.radii[index]
        let shift = Float(index) * 0.025
        if circle(0.55 - shift, 0.48 + shift / 2, radius), !circle(0.55 - shift, 0.48 + shift / 2, radius - 0.035) {
          return 1
        }
      }
      return 0
    case .smile:
      if circle(0.34, 0.36, 0.07) || circle(0.66, 0.36, 0.07) { return 2 }
      return y > 0.5 && circle(0.5, 0.5, 0.38) && !circle(0.5, 0.5, 0.16) ? 1 : 0
    case .chevrons:
      if circle(0.5, 0.26, 0.1) { return 2 }
      return y > 0.42 && abs(x - 0.5) < 0.4 && stripe(y + abs(x - 0.5), 0.16, 0.5) ? 1 : 0
    case .bars:
      let bar = Int(((x + 0.05) / 0.16).rounded(.down))
      guard Self.heights.indices.contains(bar), stripe(x + 0.05, 0.16, 0.6) else { return 0 }
      return y > 0.9 - Self.heights[bar] ? (bar % 2 == 0 ? 1 : 2) : 0
    case .eye:
      if circle(0.5, 0.5, 0.07) { return 0 }
      return circle(0.5, 0.5, 0.17) ? 1 : ellipse(0.5, 0.5, 0.48, 0.24) ? 2 : 0
    case .keyhole:
      if circle(0.5, 0.4, 0.1) || (y > 0.4 && y < 0.72 && abs(x - 0.5) < 0.04 + (y - 0.4) * 0.2) { return 0 }
      return circle(0.5, 0.5, 0.36) ? 1 : circle(0.5, 0.5, 0.39) ? 2 : 0
    case .moon:
      if circle(0.55, 0.38, 0.22), !circle(0.64, 0.33, 0.19) { return 2 }
      if ellipse(0.1, 0.95, 0.7, 0.22) { return 1 }
      return ellipse(1.0, 0.98, 0.7, 0.3) ? 3 : 0
    case .arches:
      for arch in Self.doorways where ellipse(0.5, 0.9, arch.width, arch.width * 1.45) { return arch.ink }
      return 0
    case .reel:
      if circle(0.5, 0.5, 0.04) || Self.holes.contains(where: { circle($0.0, $0.1, 0.09) }) { return 0 }
      return circle(0.5, 0.5, 0.36) ? 1 : circle(0.5, 0.5, 0.4) && !circle(0.5, 0.5, 0.385) ? 2 : 0
    }
  }
}

/// The drawings of motifs, each made when its first picture is asked for: the pictures of one motif differ in their colours
/// alone.
package final class SharePictureDrawings: Sendable {
  private let made = Mutex<[Drawing: PNG]>([:])

  package init() {}

  /// The file of a picture, with colours that the style sheet gives to the inks.
  package func file(of picture: SharePicture, _ inks: PosterInks) -> [UInt8] {
    let drawing = Drawing(motif: picture.motif)
    let file =
      made.withLock { $0[drawing] }
      // Not under the lock: other threads draw other motifs meanwhile.
      ?? SharePicture.file(of: drawing)
    made.withLock { $0[drawing] = file }
    return file.bytes(colours: inks[picture.palette])
  }
}

/// The colours of the drawn posters, read from the style sheet, so that a theme changes them in one place.
package struct PosterInks: Sendable {
  private var palettes: [[UInt32]] = []

  package init(styleSheet: [UInt8]) {
    var rules: [String: String] = [:]
    for line in styleSheet.indices
    where styleSheet[line] == UInt8(ascii: ".") && (line == 0 || styleSheet[line - 1] == UInt8(ascii: "\n")) {
      guard let opening = styleSheet[line...].firstIndex(of: UInt8(ascii: "{")), opening - line < 12,
        let end = styleSheet[opening...].firstIndex(of: UInt8(ascii: "}"))
      else { continue }
      let selector = String(decoding: styleSheet[line..<opening], as: UTF8.self)
      if rules[selector] == nil { rules[selector] = String(decoding: styleSheet[opening..<end], as: UTF8.self) }
    }
    let standard: [UInt32] = [0x14304a, 0xe8642c, 0xf4c95d, 0xfbf3e2]
    let base = Self.inks(of: rules[".poster "], standard)
    palettes = (0..<PosterArt.palettes).map { $0 == 0 ? base : Self.inks(of: rules[".p\($0) "], base) }
  }

  /// Ground, shape, accent, light.
  subscript(palette: Int) -> [UInt32] { palettes[palette % palettes.count] }

  private static func inks(of rule: String?, _ standard: [UInt32]) -> [UInt32] {
    guard let rule else { return standard }
    return zip(["--g: #", "--s: #", "--a: #", "--t: #"], standard).map { name, colour in
      rule.firstRange(of: name).flatMap { UInt32(rule[$0.upperBound...].prefix(6), radix: 16) } ?? colour
    }
  }
}
