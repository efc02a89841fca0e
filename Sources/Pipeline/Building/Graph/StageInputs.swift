import Ratings

/// Everything that a stage's result depends on, each part under a name that its reader knows, such as
/// "template movie.mustache".
struct StageInputs: Codable, Equatable, Sendable {
  /// Part to its fingerprint.
  private(set) var parts: [String: UInt64] = [:]

  mutating func add(_ name: String, _ fingerprint: UInt64) { parts[name] = fingerprint }

  mutating func remove(_ name: String) { parts[name] = nil }

  mutating func add(_ name: String, _ text: String) { add(name, ContentHash(text).value) }

  func without(_ isLeftOut: (String) -> Bool) -> StageInputs {
    var inputs = self
    inputs.parts = parts.filter { !isLeftOut($0.key) }
    return inputs
  }

  /// One fingerprint of all parts and their names.
  var key: Fingerprint {
    var result = Fingerprint()
    for (name, value) in parts.sorted(by: { $0.key < $1.key }) {
      result.add(name)
      result.add(value)
    }
    return result
  }

  /// What differs from an earlier state of the same stage, in words.
  func changes(since earlier: StageInputs) -> [String] {
    var words: [String] = []
    for name in parts.keys.sorted() {
      guard let before = earlier.parts[name] else {
        words.append("\(name) is new")
        continue
      }
      if before != parts[name] { words.append("\(name) changed") }
    }
    return words + earlier.parts.keys.filter { parts[$0] == nil }.sorted().map { "\($0) is gone" }
  }
}

extension StageInputs {
  /// Adds every stored property of a value as a part of its own: a setting that somebody adds later counts by itself.
  mutating func add(_ prefix: String, propertiesOf value: some Any) {
    for child in Mirror(reflecting: value).children { add("\(prefix) \(child.label ?? "")", Self.words(child.value)) }
  }

  /// A text that is the same in every run: sets and dictionaries have no order of their own.
  private static func words(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .set, .dictionary: return mirror.children.map { words($0.value) }.sorted().joined(separator: ",")
    case .enum, nil: return "\(value)"
    default: return "(" + mirror.children.map { "\($0.label ?? ""):\(words($0.value))" }.joined(separator: ",") + ")"
    }
  }
}
