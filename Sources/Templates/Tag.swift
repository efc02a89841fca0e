/// A tag as it stands in a template's text.
struct Tag {
  enum Kind { case variable, unescaped, section, inverted, close, comment, delimiters, partial, parent, block }

  var kind: Kind
  /// The bytes of the tag with its delimiters.
  var bytes: Range<Int>
  /// Without sigil and white space, and without the asterisk of a dynamic name.
  var name: String
  var isDynamic = false
  /// The tag that closes this one or that this one closes.
  var partner: Int?

  var opens: Bool {
    switch kind {
    case .section, .inverted, .parent, .block: true
    default: false
    }
  }

  /// Whether the tag prints nothing of its own, so that a line which holds nothing else can go.
  var canStandAlone: Bool { kind != .variable && kind != .unescaped }
}

/// A template's text as bytes, and where in it something stands.
struct TemplateText {
  let path: String
  let bytes: [UInt8]
  let firstLine: Int

  init(_ source: TemplateSource) {
    path = source.path
    firstLine = source.firstLine
    let utf8 = Array(source.text.utf8)
    bytes = utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(utf8.dropFirst(3)) : utf8
  }

  func line(at offset: Int) -> Int { bytes[..<offset].reduce(firstLine) { $0 + ($1 == .newline ? 1 : 0) } }

  func fault(_ kind: TemplateFault.Kind, at offset: Int) -> TemplateFault {
    let start = bytes[..<offset].lastIndex(of: .newline).map { $0 + 1 } ?? 0
    let column = bytes[start..<offset].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    return TemplateFault(path: path, line: line(at: offset), column: column, kind: kind)
  }

  func startsLine(_ offset: Int) -> Bool { offset == 0 || bytes[offset - 1] == .newline }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy(\.isSpace) }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")

  /// White space in the Mustache sense, line ends included.
  var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

  var isIndentation: Bool { self == 0x20 || self == 0x09 }
}
