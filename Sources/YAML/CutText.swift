package import Yams

/// A value of YAML that ends earlier than its author may expect: “Number #9” is “Number”, since a “#” after a space
/// begins a comment.
package struct CutText: Sendable, Equatable {
  package let key: String
  /// In the file, from 1.
  package let line: Int
  /// The text that the parser took for a comment.
  package let lost: String

  /// The truncated values of a document.
  ///
  /// A comment set off by a space (`# like this`) is usually intended: only text under `texts`, which people read, is
  /// reported then too.
  ///
  /// - Parameters:
  ///   - yaml: the source of `root`.
  ///   - offset: the line of the file before the first of `yaml`.
  package static func all(in root: Node, of yaml: String, offset: Int = 0, texts: Set<String>) -> [CutText] {
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: { $0.contains("#") }) else { return [] }
    var found: [CutText] = []
    func look(_ node: Node, key: String, depth: Int) {
      guard depth < YAMLText.depthLimit else { return }
      switch node {
      case .scalar(let scalar):
        guard scalar.style == .plain || scalar.style == .any, let mark = scalar.mark,
          lines.indices.contains(mark.line - 1),
          let lost = lost(behind: scalar.string, at: mark.column, of: lines[mark.line - 1]),
          texts.contains(key) || lost.dropFirst().first.map({ !$0.isWhitespace && $0 != "#" }) ?? false
        else { return }
        found.append(CutText(key: key, line: mark.line + offset, lost: lost))
      case .sequence(let items): for item in items { look(item, key: key, depth: depth + 1) }
      case .mapping(let pairs):
        for (name, value) in pairs { look(value, key: name.string ?? key, depth: depth + 1) }
      case .alias: return
      }
    }
    look(root, key: "", depth: 0)
    return found.sorted { $0.line < $1.line }
  }

  /// The comment directly after a value in its line.
  private static func lost(behind value: String, at column: Int, of line: Substring) -> String? {
    var rest = line.unicodeScalars.dropFirst(max(0, column - 1))
    if value.isEmpty {
      // Nothing but a comment: the value's position is after the key's colon.
      guard let colon = line.unicodeScalars.firstIndex(of: ":") else { return nil }
      rest = line.unicodeScalars[line.unicodeScalars.index(after: colon)...]
    } else {
      guard rest.starts(with: value.unicodeScalars) else { return nil }
      rest = rest.dropFirst(value.unicodeScalars.count)
    }
    let behind = rest.drop { $0 == " " || $0 == "\t" }
    guard behind.first == "#", behind.startIndex != rest.startIndex else { return nil }
    return String(Substring(behind))
  }
}

extension CutText: CustomStringConvertible {
  package var description: String {
    "“\(key)” ends before “\(lost)”, which YAML takes for a comment; quote the value if that is part of it"
  }
}
