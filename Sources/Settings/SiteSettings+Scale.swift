import Platform
package import Ratings
import YAML
import Yams

extension DeclaredScale {
  /// Reads the value of `--scale`: a word, or the numbers of site.yaml on one line, such as “minimum: 1, maximum: 6”.
  ///
  /// - Throws: `SettingsError.wrong`.
  package init(argument: String) throws {
    let place = SettingPlace(path: "--scale", line: nil, key: "scale", content: "")
    let isMapping = argument.contains(":") && !argument.contains("{")
    guard let node = try? YAMLText.root(of: isMapping ? "{\(argument)}" : argument) else {
      throw place.error("“scale” cannot be “\(argument)”", "write thumbs, likes, or “minimum: 1, maximum: 10”")
    }
    self = try place.scale(node)
  }
}

extension SettingPlace {
  /// The scale of the ratings, a word or numbers such as
  ///
  ///     scale: thumbs
  ///
  ///     scale:
  ///       minimum: 1
  ///       maximum: 6
  ///       step: 0.5
  ///       best-is-low: true
  ///       unrated: [0, -1]
  func scale(_ node: Node) throws -> DeclaredScale {
    if node.mapping == nil {
      let words = ["thumbs": DeclaredScale(.thumbs), "likes": DeclaredScale(.likes)]
      guard let text = node.scalar?.string, let scale = words[text] else {
        throw error(
          "“scale” cannot be “\(node.scalar?.string ?? "a list")”",
          "write thumbs, likes, or below it “minimum: 1” and “maximum: 10”")
      }
      return scale
    }
    var numbers: [String: Float] = [:]
    var isBestLow = false
    var unrated: Set<Double> = []
    for (key, value) in node.mapping ?? [:] {
      let place = SettingPlace(path: path, line: key.mark?.line, key: key.string ?? "?", content: content)
      switch place.key {
      case "minimum", "maximum", "step": numbers[place.key] = Float(try place.decimal(value))
      case "best-is-low": isBestLow = try place.choice(value, ["true": true, "yes": true, "false": false, "no": false])
      case "unrated":
        unrated = Set(try (value.sequence.map { Array($0) } ?? [value]).map { try place.decimal($0) })
      default:
        let known = ["minimum", "maximum", "step", "best-is-low", "unrated"]
        let nearest = Spelling.nearest(to: place.key, among: known)
        throw place.error(
          "“scale” has no “\(place.key)”",
          nearest.map { "did you mean “\($0)”?" } ?? "known are \(known.joined(separator: ", "))")
      }
    }
    guard let minimum = numbers["minimum"], let maximum = numbers["maximum"], minimum < maximum else {
      throw error("“scale” needs a minimum and a larger maximum", "write “minimum: 1” and “maximum: 10” below it")
    }
    if let step = numbers["step"] {
      let levels = (maximum - minimum) / step
      guard step > 0, levels <= Self.mostLevels, abs(levels - levels.rounded()) < 1e-3 else {
        throw error(
          "a step of \(step) does not lead from \(minimum) to \(maximum)",
          "write one that divides the way into at most \(Int(Self.mostLevels)) parts, such as 0.5, or leave it out")
      }
    }
    return DeclaredScale(
      .points(minimum: minimum, maximum: maximum, step: numbers["step"]), isBestLow: isBestLow, unrated: unrated)
  }

  /// Pages show how often each level was given.
  private static let mostLevels: Float = 1_000

  private func decimal(_ node: Node) throws -> Double {
    let text = try text(node)
    guard let number = Double(text), number.isFinite, abs(number) <= 1_000_000 else {
      throw error("“\(key)” cannot be “\(text)”", "it takes a number such as 0.5")
    }
    return number
  }
}
