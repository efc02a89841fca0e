import Yams

/// One setting of `content/site.yaml`, declared once: how it is read, and what the reference says of it.
package struct SiteSetting: Sendable {
  typealias Path<Value> = any WritableKeyPath<SiteSettings, Value> & Sendable

  package let name: String
  /// What it takes, in words.
  package let takes: String
  /// What holds where it is left out.
  package let standard: String
  package let meaning: String
  let read: @Sendable (inout SiteSettings, Node, SettingPlace) throws -> Void

  private static let unset = SiteSettings()
}

extension SiteSetting {
  /// One text.
  ///
  /// - Parameter standard: the default if the text is empty.
  static func text(_ name: String, _ path: Path<String>, standard: String = "none", _ meaning: String) -> Self {
    let value = unset[keyPath: path]
    return SiteSetting(
      name: name, takes: "a text", standard: value.isEmpty ? standard : value, meaning: meaning,
      read: { $0[keyPath: path] = try $2.text($1) })
  }

  /// One of a few words.
  static func choice<Value: Equatable & Sendable>(
    _ name: String, _ choices: [(word: String, value: Value)], _ path: Path<Value>, _ meaning: String
  ) -> Self {
    let value = unset[keyPath: path]
    let standard = choices.first { $0.value == value }?.word ?? ""
    return choice(name, choices, standard: standard, meaning) { $0[keyPath: path] = $1 }
  }

  /// One of a few words, where what holds without it is none of them.
  static func choice<Value: Sendable>(
    _ name: String, _ choices: [(word: String, value: Value)], standard: String, _ meaning: String,
    set: @escaping @Sendable (inout SiteSettings, Value) -> Void
  ) -> Self {
    let values = Dictionary(uniqueKeysWithValues: choices.map { ($0.word, $0.value) })
    return SiteSetting(
      name: name, takes: choices.map(\.word).joined(separator: ", "), standard: standard, meaning: meaning,
      read: { set(&$0, try $2.choice($1, values)) })
  }

  /// A whole number.
  static func number<Value: BinaryInteger & Sendable>(
    _ name: String, in range: ClosedRange<Int>, _ path: Path<Value>, _ meaning: String
  ) -> Self {
    let upper = range.upperBound == .max ? "up" : "to \(range.upperBound)"
    return SiteSetting(
      name: name, takes: "a whole number from \(range.lowerBound) \(upper)", standard: "\(unset[keyPath: path])",
      meaning: meaning, read: { $0[keyPath: path] = Value(try $2.number($1, in: range)) })
  }
}
