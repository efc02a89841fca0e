public import Models
import Ratings

/// Proposes settings of a model: first at random around the defaults, then near the best found.
///
/// Candidate *n* depends on the seed, on *n* and, near the best, on the best so far: the same trials give the same
/// sequence.
public struct SettingSearch: Sendable {
  let settings: [ModelSetting]
  let seed: UInt64

  /// A search over all settings of a model.
  public init(_ descriptor: ModelDescriptor, seed: UInt64) {
    settings = descriptor.settings
    self.seed = seed
  }

  /// Whether there is anything to search for.
  public var isEmpty: Bool { settings.allSatisfy { $0.range.lowerBound == $0.range.upperBound } }

  /// The default of each setting, by name.
  public var defaults: [String: Double] {
    Dictionary(uniqueKeysWithValues: settings.map { ($0.name, $0.defaultValue) })
  }

  /// How far from the default a log-scaled setting is tried; less for integers, which tend to count
  /// factors, passes and neighbours and so cost time.
  static let reach = (real: 10.0, whole: 4.0)

  /// A candidate anywhere near the defaults: each setting is drawn again with probability 60 %, at least one.
  public func random(_ number: Int) -> [String: Double] {
    var random = CounterRandom(seed: seed, stream: 1, substream: UInt64(number))
    var values = defaults
    guard !isEmpty else { return values }
    let certain = random.index(below: settings.count)
    for (index, setting) in settings.enumerated() where index == certain || random.uniform() < 0.6 {
      values[setting.name] = Self.draw(setting, random: &random)
    }
    return values
  }

  /// A candidate near `best`: one or two settings changed.
  ///
  /// - Parameter breadth: 1 for large steps, near 0 for small ones.
  public func near(_ best: [String: Double], _ number: Int, breadth: Double) -> [String: Double] {
    var random = CounterRandom(seed: seed, stream: 2, substream: UInt64(number))
    var values = best
    guard !isEmpty else { return values }
    for _ in 0..<(1 + random.index(below: 2)) {
      let setting = settings[random.index(below: settings.count)]
      let value = values[setting.name] ?? setting.defaultValue
      values[setting.name] = Self.move(setting, from: value, breadth: breadth, random: &random)
    }
    return values
  }

  private static func draw(_ setting: ModelSetting, random: inout CounterRandom) -> Double {
    let range = setting.range
    let value = setting.defaultValue
    guard setting.isAtRatios else {
      let steps = setting.isWhole ? range.upperBound - range.lowerBound + 1 : 0
      return setting.allowed(
        setting.isWhole
          ? range.lowerBound + (random.uniform() * steps).rounded(.down)
          : range.lowerBound + random.uniform() * (range.upperBound - range.lowerBound))
    }
    // A default of zero says nothing about the scale: zero with probability 0.3, otherwise the upper three
    // decades of the range.
    if value <= 0, random.uniform() < 0.3 { return setting.allowed(value) }
    let middle = value > 0 ? value : range.upperBound / 30
    let reach = setting.isWhole ? reach.whole : reach.real
    return setting.allowed(middle * exponential((2 * random.uniform() - 1) * logarithm(value > 0 ? reach : 30)))
  }

  private static func move(
    _ setting: ModelSetting, from value: Double, breadth: Double, random: inout CounterRandom
  ) -> Double {
    let normal = random.normalPair().0
    let range = setting.range
    let moved: Double
    if setting.isAtRatios {
      let start = value > 0 ? value : max(range.lowerBound, range.upperBound / 1000)
      moved = start * exponential(normal * (0.1 + 0.6 * breadth))
    } else {
      moved = value + normal * (0.02 + 0.2 * breadth) * (range.upperBound - range.lowerBound)
    }
    let result = setting.allowed(moved)
    guard setting.isWhole, result == value else { return result }
    return setting.allowed(value + (normal < 0 ? -1 : 1))
  }
}

extension ModelSetting {
  /// Whether a search is logarithmic.
  package var isAtRatios: Bool {
    if let isLogarithmic { return isLogarithmic && range.lowerBound >= 0 }
    guard range.lowerBound >= 0, range.upperBound > 0 else { return false }
    return range.lowerBound > 0
      ? range.upperBound / range.lowerBound > 100 : defaultValue > 0 && range.upperBound / defaultValue > 20
  }

  /// `value` clamped to the range, rounded to an integer if required, otherwise to three digits.
  package func allowed(_ value: Double) -> Double {
    let inside = Swift.min(range.upperBound, Swift.max(range.lowerBound, value))
    if isWhole { return inside.rounded() }
    var unit = 1.0
    while unit * 100 > abs(inside), unit > 1e-12 { unit /= 10 }
    while unit * 1000 <= abs(inside), unit < 1e12 { unit *= 10 }
    // Division by a power of ten is exact where multiplication by its inverse is not.
    let rounded = unit < 1 ? (inside * (1 / unit)).rounded() / (1 / unit).rounded() : (inside / unit).rounded() * unit
    return Swift.min(range.upperBound, Swift.max(range.lowerBound, rounded))
  }
}
