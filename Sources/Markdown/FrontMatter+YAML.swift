import YAML
import Yams

extension FrontMatter {
  /// Splits a page into its front matter and its text.
  ///
  /// The front matter is between two lines `---`, of which the first is the first line that is not blank; the second may
  /// be `...`.
  ///
  /// - Returns: the settings, the text, and the line where it begins.
  /// - Throws: `MarkdownError`, also if the front matter is in TOML or JSON.
  static func split(_ text: String, path: String) throws(MarkdownError) -> (FrontMatter, body: Substring, line: Int) {
    var rest = text[...]
    var frontMatter = FrontMatter(path: path)
    var start = 1
    var first = takeLine(&rest)
    while first.isEmpty, !rest.isEmpty {
      first = takeLine(&rest)
      start += 1
    }
    // Four spaces would make it a code block.
    let mark = first.prefix { $0 == " " }.count < 4 ? first.drop { $0 == " " } : first
    if let format = otherFormat(mark) { throw .otherFormat(path: path, line: start, format: format) }
    guard mark == "---" || mark == "---yaml" else { return (frontMatter, text[...], 1) }
    var yaml = ""
    var line = start
    while !rest.isEmpty {
      let next = takeLine(&rest)
      line += 1
      if next == "---" || next == "..." {
        (frontMatter.entries, frontMatter.cut) = try entries(of: yaml, path: path, start: start)
        return (frontMatter, rest, line + 1)
      }
      yaml += next
      yaml += "\n"
    }
    throw .unclosedFrontMatter(path: path, line: start)
  }

  /// Front matter formats of other generators.
  private static func otherFormat(_ line: Substring) -> String? {
    if line == "+++" || line == "---toml" { return "TOML" }
    if line == ";;;" || line == "---json" || line == "{" { return "JSON" }
    let rest = line.dropFirst().drop { $0 == " " }
    return line.first == "{" && rest.first == "\"" ? "JSON" : nil
  }

  /// The next line, trimmed at its end.
  private static func takeLine(_ rest: inout Substring) -> Substring {
    let utf8 = rest.utf8
    let end = utf8.firstIndex(of: UInt8(ascii: "\n"))
    var line = rest[..<(end ?? rest.endIndex)]
    rest = end.map { rest[utf8.index(after: $0)...] } ?? rest[rest.endIndex...]
    while let last = line.unicodeScalars.last, last == "\r" || last == " " || last == "\t" {
      line = Substring(line.unicodeScalars.dropLast())
    }
    return line
  }

  /// - Parameter start: the line before the first of the YAML.
  private static func entries(of yaml: String, path: String, start: Int) throws(MarkdownError) -> ([Entry], [CutText]) {
    let root: Node?
    do {
      root = try YAMLText.root(of: yaml)
    } catch {
      switch error {
      case .tooDeep(let line): throw .tooDeep(path: path, line: line + start, limit: YAMLText.depthLimit)
      case .malformed(let line, let problem): throw .badYAML(path: path, line: line + start, problem: problem)
      }
    }
    guard let root else { return ([], []) }
    guard case .mapping(let mapping) = root else {
      throw .notAMapping(path: path, line: (root.mark?.line ?? 1) + start)
    }
    var entries: [Entry] = []
    for (key, node) in mapping {
      let line = (key.mark?.line ?? 1) + start
      guard case .scalar(let name) = key else { throw .notAMapping(path: path, line: line) }
      guard !entries.contains(where: { $0.key.lowercased() == name.string.lowercased() }) else {
        throw .badYAML(path: path, line: line, problem: "“\(name.string)” occurs twice")
      }
      entries.append(Entry(key: name.string, value: value(node), line: line))
    }
    return (
      entries, CutText.all(in: root, of: yaml, offset: start, texts: ["title", "description", "films", "film", "note"])
    )
  }

  private static func value(_ node: Node) -> Value {
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain && scalar.style != .any
      let isNull = !isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return isNull ? .null : .scalar(scalar.string, isQuoted: isQuoted)
    case .sequence(let items): return .list(items.map(value))
    case .mapping(let pairs):
      return .mapping(
        Dictionary(pairs.map { ($0.scalar?.string ?? "", value($1)) }) { _, last in last })
    case .alias: return .null
    }
  }
}
