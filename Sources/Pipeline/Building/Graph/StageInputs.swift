import Platform
import Ratings

/// Everything that a stage's result depends on.
struct StageInputs: Codable, Equatable, Sendable {
  /// The fingerprint of each.
  private(set) var parts: [InputKey: UInt64] = [:]

  mutating func add(_ kind: InputKey.Kind, _ name: String, _ fingerprint: UInt64) {
    parts[InputKey(kind, name)] = fingerprint
  }

  mutating func add(_ kind: InputKey.Kind, _ name: String, _ text: String) {
    add(kind, name, ContentHash(text).value)
  }

  mutating func add(_ kind: InputKey.Kind, _ fingerprint: UInt64) { add(kind, "", fingerprint) }

  mutating func add(_ kind: InputKey.Kind, _ text: String) { add(kind, "", text) }

  /// Adds every field of a value as a setting of its own.
  mutating func add(settingsOf value: some Encodable) throws {
    for (name, text) in try EncodedFields.all(of: value) { add(.setting, name, text) }
  }

  mutating func remove(_ kind: InputKey.Kind) { parts[InputKey(kind)] = nil }

  func only(_ isIncluded: (InputKey.Kind) -> Bool) -> StageInputs {
    var inputs = self
    inputs.parts = parts.filter { isIncluded($0.key.kind) }
    return inputs
  }

  /// One fingerprint of all parts and their names.
  var key: Fingerprint {
    var result = Fingerprint()
    for (key, value) in parts.sorted(by: { $0.key < $1.key }) {
      result.add(key.kind.rawValue)
      result.add(key.name)
      result.add(value)
    }
    return result
  }

  /// What differs from an earlier state of the same stage.
  func changes(since earlier: StageInputs) -> [InputChange] {
    let now = parts.compactMap { key, value in
      earlier.parts[key].map { $0 == value ? nil : InputChange(key: key, kind: .changed) }
        ?? InputChange(key: key, kind: .new)
    }
    let gone = earlier.parts.keys.filter { parts[$0] == nil }.map { InputChange(key: $0, kind: .gone) }
    return now.sorted { $0.key < $1.key } + gone.sorted { $0.key < $1.key }
  }
}

/// How one input differs from what it was.
struct InputChange: Equatable, CustomStringConvertible {
  enum Kind { case new, changed, gone }

  let key: InputKey
  let kind: Kind

  var description: String {
    switch kind {
    case .new: "\(key) is new"
    case .changed: "\(key) changed"
    case .gone: "\(key) is gone"
    }
  }
}
