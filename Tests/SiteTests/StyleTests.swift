import Artwork
import Foundation
import Site
import Testing

/// The style sheet's colours, measured as WCAG 2.2 does.
struct StyleTests {
  static let css = Result { () -> String in
    let sheet = try Fixture.defaultTheme().assets.first { $0.name == "style.css" }
    return String(decoding: sheet?.bytes ?? [], as: UTF8.self)
  }

  /// Custom properties of the block that begins at `start`.
  static func tokens(from start: String, in css: String) throws -> [String: String] {
    let range = try #require(css.range(of: start), "no \(start)")
    let block = css[range.upperBound...].prefix { $0 != "}" }
    var tokens: [String: String] = [:]
    for line in block.split(whereSeparator: { $0 == ";" || $0 == "{" }) {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      if parts.count == 2, parts[0].hasPrefix("--") { tokens[parts[0]] = parts[1] }
    }
    return tokens
  }

  static func contrast(_ one: String, _ other: String) throws -> Double {
    func luminance(_ colour: String) throws -> Double {
      let value = try #require(colour.count == 7 ? Int(colour.dropFirst(), radix: 16) : nil, "\(colour)")
      let channels = [16, 8, 0].map { shift -> Double in
        let channel = Double(value >> shift & 255) / 255
        return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
    let pair = try [luminance(one), luminance(other)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  @Test(arguments: 0..<PosterArt.palettes) func `a poster's title stands out from its ground`(palette: Int) throws {
    let css = try Self.css.get()
    var tokens = try Self.tokens(from: "\n.poster {", in: css)
    if palette > 0 { tokens.merge(try Self.tokens(from: ".p\(palette) {", in: css)) { $1 } }
    #expect(try Self.contrast(#require(tokens["--t"]), #require(tokens["--g"])) >= 4.5)
  }

  @Test(arguments: ["light", "dark"]) func `text stands out from the page`(scheme: String) throws {
    let css = try Self.css.get()
    var tokens = try Self.tokens(from: ":root {", in: css)
    if scheme == "dark" {
      tokens.merge(try Self.tokens(from: "(prefers-color-scheme: dark) {\n  :root", in: css)) { $1 }
    }
    for text in ["--ink", "--quiet", "--accent"] {
      for ground in ["--paper", "--panel"] {
        let ratio = try Self.contrast(#require(tokens[text]), #require(tokens[ground]))
        #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
      }
    }
    for ground in ["--velvet", "--velvet-fold"] {
      #expect(try Self.contrast(#require(tokens["--cream"]), #require(tokens[ground])) >= 7)
    }
    for drawing in ["--bulb", "--star", "--focus"] {
      #expect(try Self.contrast(#require(tokens[drawing]), #require(tokens["--paper"])) >= 3, "\(drawing)")
    }
  }

  @Test func `every motif, layout and size of a title is drawn`() throws {
    let css = try Self.css.get()
    for motif in Set(PosterArt.motifs.map(\.motif)).union(["film", "action2", "comedy2", "crime2", "drama2"]) {
      #expect(css.contains(".m-\(motif)::before"), "\(motif)")
    }
    #expect(css.contains(".t1 >") && css.contains(".t3 >") && css.contains(".t4 >"))
  }
}
