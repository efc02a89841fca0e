package import YAML

/// The front matter of a Markdown page, as written.
package struct FrontMatter: Sendable {
  /// The value of a key.
  package indirect enum Value: Sendable, Equatable {
    case null
    /// As written; `isQuoted` distinguishes `"true"` from `true`.
    case scalar(String, isQuoted: Bool)
    case list([Value])
    case mapping([String: Value])
  }

  struct Entry: Sendable {
    var key: String
    var value: Value
    var line: Int
  }

  let path: String
  var entries: [Entry] = []
  /// Values that a comment truncated.
  package internal(set) var cut: [CutText] = []

  /// All keys in the order of the text, including unknown ones.
  package var keys: [String] { entries.map(\.key) }

  /// The line of a key in its file, from 1.
  package func line(of key: String) -> Int? { entry(key)?.line }

  package subscript(key: String) -> Value? { entry(key)?.value }

  /// Keys are case-insensitive: `Draft` is `draft`.
  private func entry(_ key: String) -> Entry? { entries.first { $0.key.lowercased() == key } }

  /// A key that is not among `known`, and its line; nil if all are known.
  package func unknownKey(among known: [String]) -> (key: String, line: Int)? {
    entries.first { !known.contains($0.key.lowercased()) }.map { ($0.key, $0.line) }
  }

  /// A text, also one that looks like a number; nil if absent or null.
  package func string(_ key: String) throws(MarkdownError) -> String? {
    switch self[key] {
    case nil, .null: nil
    case .scalar(let text, _): text
    case .list, .mapping: throw wrongType(key, "a text")
    }
  }

  /// The day of a date or time, as in 2026-03-01; leading zeros may be omitted, and a time may follow.
  package func date(_ key: String) throws(MarkdownError) -> String? {
    guard let text = try string(key), !text.isEmpty else { return nil }
    guard let day = CalendarDay(text) else { throw wrongType(key, "a date such as 2026-03-01") }
    return day.description
  }

  /// A whole number.
  package func integer(_ key: String) throws(MarkdownError) -> Int? {
    switch self[key] {
    case nil, .null: return nil
    case .scalar(let text, false):
      if let integer = Int(text) { return integer }
      fallthrough
    default: throw wrongType(key, "a whole number")
    }
  }

  /// `true` or `false`, `yes` or `no`, `on` or `off`.
  package func flag(_ key: String) throws(MarkdownError) -> Bool? {
    switch self[key] {
    case nil, .null: return nil
    case .scalar(let text, false):
      switch text.lowercased() {
      case "true", "yes", "on": return true
      case "false", "no", "off": return false
      default: throw wrongType(key, "true or false")
      }
    default: throw wrongType(key, "true or false")
    }
  }

  /// A list of texts, or one text for a list of one; empty if absent or null.
  package func strings(_ key: String) throws(MarkdownError) -> [String] {
    switch self[key] {
    case nil, .null: return []
    case .scalar(let text, _): return [text]
    case .mapping: throw wrongType(key, "a list of texts")
    case .list(let items):
      var texts: [String] = []
      for item in items {
        guard case .scalar(let text, _) = item else { throw wrongType(key, "a list of texts") }
        texts.append(text)
      }
      return texts
    }
  }

  func wrongType(_ key: String, _ expected: String) -> MarkdownError {
    .wrongType(path: path, line: line(of: key) ?? 1, key: key, expected: expected)
  }
}
