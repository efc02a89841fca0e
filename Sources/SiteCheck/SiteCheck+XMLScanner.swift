extension SiteCheck {
  /// Checks that XML is well-formed, as far as it can be without its DTD, and hands out what may be links.
  package struct XMLScanner {
    package struct Fault: Error, Equatable {
      package var offset: Int
      package var words: String
    }

    let bytes: [UInt8]
    private var position = 0
    private var open: [Range<Int>] = []
    private var hasRoot = false
    /// The text of elements without elements inside, by their name.
    private(set) var texts: [(element: Range<Int>, text: Range<Int>)] = []
    /// Attributes called href or src.
    private(set) var references: [(element: Range<Int>, value: Range<Int>)] = []
    private var textStart: Int?

    /// Parses everything.
    package init(_ bytes: [UInt8]) throws(Fault) {
      self.bytes = bytes
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
      if Bytes.has("<?xml", at: position, in: bytes) { try skip(to: "?>", from: position) }
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: "<") { try markup() } else { try text() }
      }
      if let element = open.last {
        throw Fault(offset: element.lowerBound - 1, words: "<\(Bytes.shown(bytes[element]))> is never closed; close it")
      }
      if !hasRoot { throw Fault(offset: 0, words: "there is no element in it; write one") }
      if String(validating: bytes, as: UTF8.self) == nil {
        throw Fault(offset: 0, words: "it is not UTF-8; encode it so")
      }
    }

    private mutating func skip(to end: StaticString, from start: Int) throws(Fault) {
      guard let found = Bytes.find(end, from: start, in: bytes) else {
        throw Fault(offset: start, words: "this never ends; close it with \(end)")
      }
      position = found + end.utf8CodeUnitCount
    }

    private mutating func text() throws(Fault) {
      let start = position
      position = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      if open.isEmpty {
        if let letter = (start..<position).first(where: { !Bytes.isSpace(bytes[$0]) }) {
          throw Fault(offset: letter, words: "there is text outside the outermost element; take it out")
        }
      } else {
        try characters(start..<position)
      }
    }

    /// Every `&` begins an entity that is known without a DTD, and no control character is there.
    private func characters(_ range: Range<Int>) throws(Fault) {
      for index in range {
        if bytes[index] < 0x20, !Bytes.isSpace(bytes[index]) || bytes[index] == 0x0B || bytes[index] == 0x0C {
          throw Fault(offset: index, words: "XML may not contain control characters; take it out")
        }
        guard bytes[index] == UInt8(ascii: "&") else { continue }
        let end = bytes[index..<min(range.upperBound, index + 12)].firstIndex(of: UInt8(ascii: ";"))
        guard let end, Bytes.string(bytes[index + 1..<end]) != "nbsp", Bytes.entity(bytes[index + 1..<end]) != nil
        else {
          throw Fault(offset: index, words: "“&” begins no entity of XML; write &amp;")
        }
      }
    }

    private mutating func markup() throws(Fault) {
      let start = position
      if Bytes.has("<!--", at: start, in: bytes) {
        try skip(to: "-->", from: start + 4)
      } else if Bytes.has("<![cdata[", at: start, in: bytes), !open.isEmpty {
        try skip(to: "]]>", from: start + 9)
      } else if Bytes.has("<?", at: start, in: bytes) {
        try skip(to: "?>", from: start + 2)
      } else if Bytes.has("<!doctype", at: start, in: bytes), !hasRoot {
        try skip(to: ">", from: start)
      } else if Bytes.has("</", at: start, in: bytes) {
        try closeTag(start)
      } else {
        try openTag(start)
      }
    }

    private func name(from start: Int) throws(Fault) -> Range<Int> {
      var end = start
      while end < bytes.count, Self.isName(bytes[end]) { end += 1 }
      guard end > start, !(0x2D...0x39).contains(bytes[start]) else {
        throw Fault(offset: start, words: "a name is missing; write one, or &lt; for “<”")
      }
      return start..<end
    }

    private static func isName(_ byte: UInt8) -> Bool {
      Bytes.isLetter(byte) || byte >= 0x80 || (0x30...0x39).contains(byte) || byte == UInt8(ascii: ":")
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private mutating func skipSpace() {
      while position < bytes.count, Bytes.isSpace(bytes[position]) { position += 1 }
    }

    private mutating func closeTag(_ start: Int) throws(Fault) {
      let name = try name(from: start + 2)
      guard let element = open.popLast() else {
        throw Fault(offset: start, words: "</\(Bytes.shown(bytes[name]))> closes nothing; take it out")
      }
      guard bytes[element].elementsEqual(bytes[name]) else {
        throw Fault(
          offset: start,
          words: "</\(Bytes.shown(bytes[name]))> comes where </\(Bytes.shown(bytes[element]))> must; close that first")
      }
      if let textStart { texts.append((element, textStart..<start)) }
      textStart = nil
      position = name.upperBound
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else {
        throw Fault(offset: start, words: "this tag never ends; close it with >")
      }
      position += 1
    }

    private mutating func openTag(_ start: Int) throws(Fault) {
      let name = try name(from: start + 1)
      if open.isEmpty, hasRoot {
        throw Fault(offset: start, words: "a second outermost element begins here; there may be only one")
      }
      hasRoot = true
      position = name.upperBound
      var names: Set<UInt64> = []
      while true {
        let before = position
        skipSpace()
        guard position < bytes.count else { throw Fault(offset: start, words: "this tag never ends; close it with >") }
        if bytes[position] == UInt8(ascii: ">") {
          position += 1
          open.append(name)
          textStart = position
          return
        }
        if Bytes.has("/>", at: position, in: bytes) {
          position += 2
          textStart = nil
          return
        }
        guard position > before else {
          throw Fault(offset: position, words: "a space is missing before an attribute; add it")
        }
        try attribute(of: name, &names)
      }
    }

    private mutating func attribute(of element: Range<Int>, _ names: inout Set<UInt64>) throws(Fault) {
      let name = try name(from: position)
      guard names.insert(Bytes.hash(bytes[name])).inserted else {
        throw Fault(offset: name.lowerBound, words: "“\(Bytes.shown(bytes[name]))” is given twice; take one out")
      }
      position = name.upperBound
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
        throw Fault(offset: name.lowerBound, words: "“\(Bytes.shown(bytes[name]))” has no value; give it one")
      }
      position += 1
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'"),
        let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
      else {
        throw Fault(
          offset: name.lowerBound, words: "the value of “\(Bytes.shown(bytes[name]))” lacks its quotes; add them")
      }
      let value = position + 1..<end
      if let less = bytes[value].firstIndex(of: UInt8(ascii: "<")) {
        throw Fault(offset: less, words: "a value may not contain “<”; write &lt;")
      }
      try characters(value)
      if Bytes.equals(name, "href", in: bytes) || Bytes.equals(name, "src", in: bytes) {
        references.append((element, value))
      }
      position = end + 1
    }
  }
}
