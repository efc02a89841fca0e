package import Yams

/// Why a text is not read as YAML.
package enum YAMLFault: Error, Equatable {
  /// - Parameter line: from 1.
  case malformed(line: Int, problem: String)
  /// Lists and mappings in each other beyond `YAMLText.depthLimit`, or aliases that make more of them than anybody writes.
  case tooDeep(line: Int)

  package var line: Int {
    switch self {
    case .malformed(let line, _), .tooDeep(let line): line
    }
  }

  package var problem: String {
    switch self {
    case .malformed(_, let problem): problem
    case .tooDeep: "lists and mappings are nested more than \(YAMLText.depthLimit) deep, or repeated without end"
    }
  }
}

/// The one reader of YAML: settings, texts and front matter.
package enum YAMLText {
  /// The maximum nesting of lists and mappings: the parser is recursive.
  package static let depthLimit = 32
  /// The most values, those that aliases repeat counted each time.
  private static let valueLimit = 20_000

  /// The outermost value; nil for a text without any.
  package static func root(of text: String) throws(YAMLFault) -> Node? {
    if let line = lineTooDeep(text) { throw .tooDeep(line: line) }
    let root: Node?
    do { root = try compose(yaml: text) } catch { throw fault(error) }
    guard let root, root != .scalar(Node.Scalar("")) else { return nil }
    var count = 0
    if let line = lineTooLarge(root, depth: 0, &count) { throw .tooDeep(line: line) }
    return root
  }

  /// The line of the value with which aliases go beyond the limits.
  private static func lineTooLarge(_ node: Node, depth: Int, _ count: inout Int) -> Int? {
    count += 1
    guard depth <= depthLimit, count <= valueLimit else { return node.mark?.line ?? 1 }
    switch node {
    case .scalar, .alias: return nil
    case .sequence(let items):
      for item in items { if let line = lineTooLarge(item, depth: depth + 1, &count) { return line } }
    case .mapping(let pairs):
      for (_, value) in pairs { if let line = lineTooLarge(value, depth: depth + 1, &count) { return line } }
    }
    return nil
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

  private static func fault(_ error: any Error) -> YAMLFault {
    let (line, problem) = place(of: error)
    return .malformed(line: line, problem: problem)
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
