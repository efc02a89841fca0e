/// Reads XML as a tree of elements with their texts: declarations, comments, CDATA, attributes and namespaces may occur
/// anywhere, entities are resolved. A document type is rejected, since server responses need none.
struct XMLReader {
  struct Element: Equatable {
    /// Without its namespace prefix.
    var name: String
    var children: [Element] = []
    /// The text between its tags, without that of its children.
    var text = ""

    /// The text of the first child of that name.
    func value(_ name: String) -> String? { children.first { $0.name == name }?.text }
  }

  private var bytes: ArraySlice<UInt8>
  private var open: [Element] = []
  private var root: Element?

  /// The outermost element; nil if the bytes are not XML.
  static func element(_ bytes: [UInt8]) -> Element? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var reader = XMLReader(bytes: bytes[...])
    return reader.read()
  }

  private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  private mutating func read() -> Element? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    while !bytes.isEmpty {
      guard bytes.first == UInt8(ascii: "<") ? markup() : text() else { return nil }
    }
    return open.isEmpty ? root : nil
  }

  private mutating func text() -> Bool {
    let end = bytes.firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
    let piece = bytes[..<end]
    bytes = bytes[end...]
    guard !open.isEmpty else { return piece.allSatisfy(Self.isSpace) }
    guard let resolved = Self.resolved(piece) else { return false }
    open[open.count - 1].text += resolved
    return true
  }

  private mutating func markup() -> Bool {
    if take("<?") { return take(through: "?>") != nil }
    if take("<!--") { return take(through: "-->") != nil }
    if take("<![CDATA[") {
      guard !open.isEmpty, let piece = take(through: "]]>") else { return false }
      open[open.count - 1].text += String(decoding: piece, as: UTF8.self)
      return true
    }
    if take("</") {
      guard let tag = take(through: ">"), let element = open.popLast(), Self.name(of: tag) == element.name else {
        return false
      }
      return close(element)
    }
    return take("<") && openTag()
  }

  private mutating func openTag() -> Bool {
    // An attribute value may contain “>”.
    var quote: UInt8?
    var end = bytes.startIndex
    while end < bytes.endIndex, quote != nil || bytes[end] != UInt8(ascii: ">") {
      let byte = bytes[end]
      if byte == quote { quote = nil } else if quote == nil, byte == 0x22 || byte == 0x27 { quote = byte }
      end += 1
    }
    guard end < bytes.endIndex else { return false }
    var tag = bytes[..<end]
    bytes = bytes[(end + 1)...]
    let isEmpty = tag.last == UInt8(ascii: "/")
    if isEmpty { tag = tag.dropLast() }
    guard let name = Self.name(of: tag), root == nil || !open.isEmpty else { return false }
    if isEmpty { return close(Element(name: name)) }
    open.append(Element(name: name))
    return true
  }

  private mutating func close(_ element: Element) -> Bool {
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let letters = Array("\(word)".utf8)
    guard bytes.starts(with: letters) else { return false }
    bytes = bytes.dropFirst(letters.count)
    return true
  }

  /// The text before the next `word`, which is consumed as well.
  private mutating func take(through word: StaticString) -> ArraySlice<UInt8>? {
    guard let range = bytes.firstRange(of: Array("\(word)".utf8)) else { return nil }
    defer { bytes = bytes[range.upperBound...] }
    return bytes[..<range.lowerBound]
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

  /// The name in a tag, without its prefix; nil if there is none.
  private static func name(of tag: ArraySlice<UInt8>) -> String? {
    let whole = tag.prefix { !isSpace($0) }
    let name = whole.split(separator: UInt8(ascii: ":")).last ?? []
    guard let first = name.first, first != UInt8(ascii: "!"), first != UInt8(ascii: "/") else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// Text with its entities resolved; nil if one is unknown.
  private static func resolved(_ piece: ArraySlice<UInt8>) -> String? {
    let parts = String(decoding: piece, as: UTF8.self).split(separator: "&", omittingEmptySubsequences: false)
    var text = String(parts[0])
    for part in parts.dropFirst() {
      guard let end = part.firstIndex(of: ";"), let letter = entity(part[..<end]) else { return nil }
      text += letter + part[part.index(after: end)...]
    }
    return text
  }

  private static func entity(_ name: Substring) -> String? {
    let known = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
    if let letter = known[String(name)] { return letter }
    guard name.hasPrefix("#") else { return nil }
    let isHexadecimal = name.hasPrefix("#x")
    return UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10)
      .flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
