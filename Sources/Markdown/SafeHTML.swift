/// Sanitizes HTML in a page's text: nothing that could run, load, restyle or break the page around it.
///
/// The pieces of a page are added in order, since an element may begin in one and end in another: both tags must have
/// the same parent in the text's tree, or neither is kept.
struct SafeHTML {
  /// Allowed elements, with their allowed attributes besides `title`, `lang` and `dir`.
  private static let elements: [String: Set<String>] = [
    "abbr": [], "b": [], "bdi": [], "br": [], "cite": [], "del": [], "details": ["open"], "dfn": [], "figcaption": [],
    "figure": [], "hr": [], "i": [], "ins": [], "kbd": [], "mark": [], "q": [], "rp": [], "rt": [], "ruby": [], "s": [],
    "samp": [], "small": [], "sub": [], "summary": [], "sup": [], "u": [], "var": [], "wbr": [],
  ]
  private static let empty: Set = ["br", "hr", "wbr"]
  /// Elements that are removed with their content.
  private static let opaque: Set = [
    "script", "style", "iframe", "object", "svg", "math", "template", "noscript", "textarea",
  ]

  private struct Piece {
    var html: String
    var node: Int
    var tag: String
    var line: Int
    var stays: Bool
  }

  private let keepsSafe: Bool
  private var pieces: [Piece] = []
  private var count = 0
  private var open: [(name: String, place: Int, piece: Int)] = []
  /// What was left out, in the order of the text.
  private(set) var omissions: [MarkdownDocument.Omission] = []

  init(keepsSafe: Bool) { self.keepsSafe = keepsSafe }

  /// Adds the HTML of a node.
  ///
  /// - Parameter place: identifies its parent node.
  mutating func add(_ html: String, node: Int, place: Int, line: Int) {
    count = max(count, node + 1)
    var rest = Array(html.utf8)[...]
    var line = line
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      let words = rest[..<start]
      add(text: words, node: node, line: line)
      line += words.count { $0 == UInt8(ascii: "\n") }
      rest = rest[start...]
      if rest.starts(with: "<!--".utf8) {
        let end = rest.firstRange(of: Array("-->".utf8))?.upperBound ?? rest.endIndex
        line += rest[..<end].count { $0 == UInt8(ascii: "\n") }
        rest = rest[end...]
        continue
      }
      guard let end = Self.end(of: rest) else {
        add(text: rest, node: node, line: line)
        return
      }
      let tag = String(decoding: rest[..<end], as: UTF8.self)
      add(tag: tag, node: node, place: place, line: line)
      line += rest[..<end].count { $0 == UInt8(ascii: "\n") }
      rest = rest[end...]
      if Self.opaque.contains(Self.name(of: tag)), !tag.hasPrefix("</") {
        // Its content is not text.
        let close = Array("</\(Self.name(of: tag))".utf8)
        let lower = rest.map { (65...90).contains($0) ? $0 + 32 : $0 }
        let skipped = lower.firstRange(of: close)?.lowerBound ?? lower.count
        rest = rest.dropFirst(skipped)
      }
    }
    add(text: rest, node: node, line: line)
  }

  /// The result for each node.
  mutating func results() -> [String] {
    for element in open { pieces[element.piece].stays = false }
    var results = [String](repeating: "", count: count)
    for piece in pieces where piece.stays { results[piece.node] += piece.html }
    // For a removed element, only the opening tag is reported.
    omissions = pieces.filter { !$0.stays && !$0.tag.isEmpty && !$0.tag.hasPrefix("</") }
      .map { MarkdownDocument.Omission(tag: $0.tag, line: $0.line) }
    return results.map { $0.allSatisfy(\.isWhitespace) ? "" : $0 }
  }

  private mutating func add(text: ArraySlice<UInt8>, node: Int, line: Int) {
    if text.isEmpty { return }
    let words = String(decoding: text, as: UTF8.self).replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    // Text between tags of a block is kept even if the tags are not, as within a paragraph.
    pieces.append(Piece(html: words, node: node, tag: "", line: line, stays: true))
  }

  private mutating func add(tag: String, node: Int, place: Int, line: Int) {
    let name = Self.name(of: tag)
    let isEnd = tag.hasPrefix("</")
    let shown = (isEnd ? "</" : "<") + name + ">"
    var piece = Piece(html: shown, node: node, tag: shown, line: line, stays: false)
    defer { pieces.append(piece) }
    guard keepsSafe, let attributes = Self.elements[name] else { return }
    if isEnd {
      guard let last = open.last, last.name == name, last.place == place else { return }
      open.removeLast()
      piece.stays = true
      return
    }
    piece.html = "<" + name + Self.attributes(of: tag, keeping: attributes.union(["title", "lang", "dir"])) + ">"
    piece.stays = true
    if !Self.empty.contains(name) { open.append((name, place, pieces.count)) }
  }

  /// The index after a tag's “>”; one in quotes does not count.
  private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
    var quote: UInt8?
    for (index, byte) in zip(bytes.indices, bytes) {
      if byte == quote { quote = nil } else if quote == nil, byte == 0x22 || byte == 0x27 { quote = byte }
      if quote == nil, byte == UInt8(ascii: ">") { return index + 1 }
    }
    return nil
  }

  private static func name(of tag: String) -> String {
    let letters = tag.drop { $0 == "<" || $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
    return letters.isEmpty ? "!" : letters.lowercased()
  }

  private static func attributes(of tag: String, keeping names: Set<String>) -> String {
    var rest = tag.dropFirst(1 + name(of: tag).count)
    var kept = ""
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "/" }
      let key = rest.prefix { !$0.isWhitespace && $0 != "=" && $0 != ">" && $0 != "/" }
      guard !key.isEmpty else { return kept }
      rest = rest.dropFirst(key.count).drop(while: \.isWhitespace)
      var value: Substring?
      if rest.first == "=" {
        rest = rest.dropFirst().drop(while: \.isWhitespace)
        if let quote = rest.first, quote == "\"" || quote == "'" {
          let text = rest.dropFirst().prefix { $0 != quote }
          rest = rest.dropFirst(text.count + 2)
          value = text
        } else {
          let text = rest.prefix { !$0.isWhitespace && $0 != ">" }
          rest = rest.dropFirst(text.count)
          value = text
        }
      }
      guard names.contains(key.lowercased()), !kept.contains(" \(key.lowercased())") else { continue }
      let quoted = value.map {
        "=\"" + $0.replacing("\"", with: "&quot;").replacing("<", with: "&lt;").replacing(">", with: "&gt;") + "\""
      }
      kept += " \(key.lowercased())\(quoted ?? "")"
    }
  }
}
