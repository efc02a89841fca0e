/// Finds the tags of a template and pairs those that open with those that close.
struct TagScanner {
  static let nestingLimit = 100

  private let text: TemplateText
  private var position = 0
  private var open = Array("{{".utf8)
  private var close = Array("}}".utf8)
  private var tags: [Tag] = []

  static func tags(of text: TemplateText) throws(TemplateFault) -> [Tag] {
    var scanner = TagScanner(text: text)
    while try scanner.scanTag() {}
    try scanner.pair()
    return scanner.tags
  }

  private init(text: TemplateText) { self.text = text }

  private func find(_ needle: [UInt8], from start: Int) -> Int? {
    let bytes = text.bytes
    var index = start
    while index + needle.count <= bytes.count {
      if bytes[index] == needle[0], bytes[index..<index + needle.count].elementsEqual(needle) { return index }
      index += 1
    }
    return nil
  }

  /// Whether there was one more tag.
  private mutating func scanTag() throws(TemplateFault) -> Bool {
    guard let start = find(open, from: position) else { return false }
    var inner = start + open.count
    while inner < text.bytes.count, text.bytes[inner].isSpace { inner += 1 }
    let sigil = inner < text.bytes.count ? text.bytes[inner] : 0
    let kind = Self.kind(of: sigil)
    var ending = close
    if sigil == UInt8(ascii: "{") { ending = [UInt8(ascii: "}")] + close }
    if kind == .delimiters { ending = [UInt8(ascii: "=")] + close }
    if kind != .variable { inner += 1 }
    guard let end = find(ending, from: inner) else {
      throw text.fault(.unclosedTag(delimiter: String(decoding: ending, as: UTF8.self)), at: start)
    }
    position = end + ending.count
    var tag = Tag(kind: kind, bytes: start..<position, name: trimmed(inner..<end))
    switch kind {
    case .comment: tag.name = ""
    case .delimiters: try setDelimiters(tag.name, at: start)
    default: try name(&tag)
    }
    tags.append(tag)
    return true
  }

  private static func kind(of sigil: UInt8) -> Tag.Kind {
    switch sigil {
    case UInt8(ascii: "{"), UInt8(ascii: "&"): .unescaped
    case UInt8(ascii: "#"): .section
    case UInt8(ascii: "^"): .inverted
    case UInt8(ascii: "/"): .close
    case UInt8(ascii: "!"): .comment
    case UInt8(ascii: "="): .delimiters
    case UInt8(ascii: ">"): .partial
    case UInt8(ascii: "<"): .parent
    case UInt8(ascii: "$"): .block
    default: .variable
    }
  }

  private func trimmed(_ range: Range<Int>) -> String {
    var range = range
    while let first = range.first, text.bytes[first].isSpace { range = first + 1..<range.upperBound }
    while let last = range.last, text.bytes[last].isSpace { range = range.lowerBound..<last }
    return text.string(range)
  }

  private mutating func setDelimiters(_ words: String, at start: Int) throws(TemplateFault) {
    let pair = words.utf8.split(whereSeparator: \.isSpace).map(Array.init)
    guard pair.count == 2, !words.utf8.contains(UInt8(ascii: "=")) else {
      throw text.fault(.badDelimiters(words), at: start)
    }
    (open, close) = (pair[0], pair[1])
  }

  /// Splits the asterisk off a dynamic name and refuses what is no name.
  private func name(_ tag: inout Tag) throws(TemplateFault) {
    let mayBeDynamic = tag.kind == .partial || tag.kind == .parent || tag.kind == .close
    if mayBeDynamic, tag.name.utf8.first == UInt8(ascii: "*") {
      tag.isDynamic = true
      tag.name = String(decoding: tag.name.utf8.dropFirst().drop(while: \.isSpace), as: UTF8.self)
    }
    guard !tag.name.isEmpty else { throw text.fault(.emptyTag, at: tag.bytes.lowerBound) }
    var isName = !tag.name.utf8.contains(where: \.isSpace)
    let isPath =
      [.variable, .unescaped, .section, .inverted].contains(tag.kind) || (tag.isDynamic && tag.kind != .close)
    if isPath, tag.name != "." {
      isName =
        isName
        && !tag.name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
          .contains(where: \.isEmpty)
    }
    guard isName else { throw text.fault(.badName(tag.name), at: tag.bytes.lowerBound) }
  }

  private mutating func pair() throws(TemplateFault) {
    var open: [Int] = []
    for index in tags.indices {
      let start = tags[index].bytes.lowerBound
      if tags[index].opens {
        open.append(index)
        guard open.count <= Self.nestingLimit else { throw text.fault(.tooDeep(limit: Self.nestingLimit), at: start) }
      } else if tags[index].kind == .close {
        let name = tags[index].name
        guard let opener = open.popLast() else { throw text.fault(.strayClosing(name), at: start) }
        guard tags[opener].name == name, tags[opener].isDynamic == tags[index].isDynamic else {
          let line = text.line(at: tags[opener].bytes.lowerBound)
          throw text.fault(.wrongClosing(name, open: tags[opener].name, line: line), at: start)
        }
        tags[opener].partner = index
        tags[index].partner = opener
      }
    }
    if let opener = open.last {
      throw text.fault(.unclosedSection(tags[opener].name), at: tags[opener].bytes.lowerBound)
    }
  }
}
