import Yams

extension FrontMatter {
  /// The maximum nesting of lists and mappings: the parser is recursive.
  static let depthLimit = 32

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
    if let line = lineTooDeep(yaml) { throw .tooDeep(path: path, line: line + start, limit: depthLimit) }
    let root: Node?
    do {
      root = try compose(yaml: yaml)
    } catch {
      let (line, problem) = place(of: error)
      throw .badYAML(path: path, line: line + start, problem: problem)
    }
    guard let root, root != .scalar(Node.Scalar("")) else { return ([], []) }
    guard case .mapping(let mapping) = root else {
      throw .notAMapping(path: path, line: (root.mark?.line ?? 1) + start)
    }
    var entries: [Entry] = []
    var budget = 10_000
    for (key, node) in mapping {
      let line = (key.mark?.line ?? 1) + start
      guard case .scalar(let name) = key else { throw .notAMapping(path: path, line: line) }
      guard let value = value(node, &budget) else { throw .tooDeep(path: path, line: line, limit: depthLimit) }
      guard !entries.contains(where: { $0.key.lowercased() == name.string.lowercased() }) else {
        throw .badYAML(path: path, line: line, problem: "“\(name.string)” occurs twice")
      }
      entries.append(Entry(key: name.string, value: value, line: line))
    }
    return (
      entries, CutText.all(in: root, of: yaml, offset: start, texts: ["title", "description", "films", "film", "note"])
    )
  }

  /// Nil if aliases make the value unreasonably large.
  private static func value(_ node: Node, _ budget: inout Int) -> Value? {
    budget -= 1
    guard budget > 0 else { return nil }
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain && scalar.style != .any
      let isNull = !isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return isNull ? .null : .scalar(scalar.string, isQuoted: isQuoted)
    case .sequence(let items):
      var list: [Value] = []
      for item in items {
        guard let value = value(item, &budget) else { return nil }
        list.append(value)
      }
      return .list(list)
    case .mapping(let pairs):
      var mapping: [String: Value] = [:]
      for (key, item) in pairs {
        guard let value = value(item, &budget) else { return nil }
        mapping[key.scalar?.string ?? ""] = value
      }
      return .mapping(mapping)
    case .alias: return nil
    }
  }

  /// The first line that opens more levels than the limit allows, from 1.
  private static func lineTooDeep(_ yaml: String) -> Int? {
    var line = 1
    var open = 0
    var indicators = 0
    var indentation = 0
    var isIndentation = true
    for byte in yaml.utf8 {
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        indicators = 0
        indentation = 0
        isIndentation = true
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isIndentation { indicators += 1 }
      case UInt8(ascii: " "): if isIndentation { indentation += 1 }
      default: isIndentation = false
      }
      if open > depthLimit || indicators > depthLimit || indentation > 8 * depthLimit { return line }
    }
    return nil
  }

  /// The line in the YAML text, from 1, and what is wrong there.
  private static func place(of error: any Error) -> (line: Int, problem: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (mark.line, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      (context.mark.line, "“\(duplicates.sorted().joined(separator: "”, “"))” occurs twice")
    case .reader(let problem, let offset, _, let yaml):
      (yaml.prefix(offset ?? 0).utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }, problem)
    default: (1, "it cannot be read")
    }
  }
}
