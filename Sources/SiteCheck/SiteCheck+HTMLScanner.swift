extension SiteCheck {
  /// Takes HTML apart into tags, at the level of bytes, and finds tags that are broken in themselves.
  struct HTMLScanner {
    struct Attribute {
      var name: Range<Int>
      /// Without quotes, its entities not decoded.
      var value: Range<Int>
    }

    enum Token {
      case open(name: Range<Int>, isSelfClosing: Bool)
      case close(name: Range<Int>)
      /// What an element holds that has no tags in it: script, style, textarea, title.
      case rawText(Range<Int>)
    }

    let bytes: [UInt8]
    private(set) var position = 0
    /// Of the tag that was opened last.
    private(set) var attributes: [Attribute] = []
    private(set) var faults: [(offset: Int, words: String)] = []
    /// The name of the raw element that was just opened.
    private var rawElement: Range<Int>?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Token? {
      if let raw = rawElement {
        rawElement = nil
        let range = rawText(of: raw)
        position = range.upperBound
        if !range.isEmpty { return .rawText(range) }
      }
      while position < bytes.count {
        guard bytes[position] == UInt8(ascii: "<") else {
          position += 1
          continue
        }
        let start = position
        let sign = start + 1 < bytes.count ? bytes[start + 1] : 0
        if Bytes.isLetter(sign) { return openTag(start) }
        switch sign {
        case UInt8(ascii: "/"):
          if let token = closeTag(start) { return token }
        case UInt8(ascii: "!"): skipDeclaration(start)
        default:
          fault(start, "a bare “<” is not a tag; write &lt;")
          position = start + 1
        }
      }
      return nil
    }

    private mutating func fault(_ offset: Int, _ words: String) { faults.append((offset, words)) }

    private mutating func skipDeclaration(_ start: Int) {
      if Bytes.has("<!--", at: start, in: bytes) {
        if let end = Bytes.find("-->", from: start + 4, in: bytes) {
          position = end + 3
        } else {
          fault(start, "this comment never ends; close it with -->")
          position = bytes.count
        }
      } else if let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) {
        position = end + 1
      } else {
        fault(start, "this declaration never ends; close it with >")
        position = bytes.count
      }
    }

    private func nameEnd(from start: Int) -> Int {
      var end = start
      while end < bytes.count, !Bytes.isSpace(bytes[end]), bytes[end] != UInt8(ascii: "/"),
        bytes[end] != UInt8(ascii: ">")
      {
        end += 1
      }
      return end
    }

    private mutating func closeTag(_ start: Int) -> Token? {
      let name = start + 2..<nameEnd(from: start + 2)
      guard let end = bytes[name.upperBound...].firstIndex(of: UInt8(ascii: ">")) else {
        fault(start, "this tag never ends; close it with >")
        position = bytes.count
        return nil
      }
      position = end + 1
      guard let first = name.first, Bytes.isLetter(bytes[first]) else {
        fault(start, "“</” without a name is not a tag; take it out or write &lt;")
        return nil
      }
      return .close(name: name)
    }

    private mutating func openTag(_ start: Int) -> Token? {
      let name = start + 1..<nameEnd(from: start + 1)
      attributes.removeAll(keepingCapacity: true)
      position = name.upperBound
      while true {
        let before = position
        while position < bytes.count, Bytes.isSpace(bytes[position]) { position += 1 }
        guard position < bytes.count else {
          fault(start, "the tag <\(Bytes.shown(bytes[name]))> never ends; look for a missing quote or add >")
          return nil
        }
        if bytes[position] == UInt8(ascii: ">") {
          position += 1
          setRawElement(name)
          return .open(name: name, isSelfClosing: false)
        }
        if bytes[position] == UInt8(ascii: "/") {
          position += 1
          if position < bytes.count, bytes[position] == UInt8(ascii: ">") {
            position += 1
            return .open(name: name, isSelfClosing: true)
          }
          continue
        }
        if position == before {
          fault(
            position,
            "a space is missing between the attributes of <\(Bytes.shown(bytes[name]))>; look for a stray quote")
        }
        guard attribute(of: name, start) else { return nil }
      }
    }

    /// Whether the tag goes on.
    private mutating func attribute(of tag: Range<Int>, _ start: Int) -> Bool {
      let nameStart = position
      if bytes[position] == UInt8(ascii: "=") { position += 1 }
      var isBroken = position > nameStart
      while position < bytes.count, !Bytes.isSpace(bytes[position]) {
        let byte = bytes[position]
        if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") { break }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "<") { isBroken = true }
        position += 1
      }
      let name = nameStart..<position
      if isBroken {
        fault(
          nameStart, "“\(Bytes.shown(bytes[name]))” is not an attribute of <\(Bytes.shown(bytes[tag]))>; fix the quotes"
        )
      }
      var after = position
      while after < bytes.count, Bytes.isSpace(bytes[after]) { after += 1 }
      guard after < bytes.count, bytes[after] == UInt8(ascii: "=") else {
        attributes.append(Attribute(name: name, value: position..<position))
        return true
      }
      after += 1
      while after < bytes.count, Bytes.isSpace(bytes[after]) { after += 1 }
      guard after < bytes.count else {
        position = after
        return true
      }
      let quote = bytes[after]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
        position = after
        unquotedValue(name)
        return true
      }
      guard let end = bytes[(after + 1)...].firstIndex(of: quote) else {
        fault(start, "the value of “\(Bytes.shown(bytes[name]))” never ends; close its quote")
        position = bytes.count
        return false
      }
      attributes.append(Attribute(name: name, value: after + 1..<end))
      position = end + 1
      return true
    }

    private mutating func unquotedValue(_ name: Range<Int>) {
      let start = position
      var isBroken = false
      while position < bytes.count, !Bytes.isSpace(bytes[position]), bytes[position] != UInt8(ascii: ">") {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "<")
          || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "`")
        {
          isBroken = true
        }
        position += 1
      }
      if isBroken || start == position {
        fault(start, "the value of “\(Bytes.shown(bytes[name]))” has no quotes and needs them; write \"…\"")
      }
      attributes.append(Attribute(name: name, value: start..<position))
    }

    private mutating func setRawElement(_ name: Range<Int>) {
      switch name.count {
      case 5 where Bytes.equals(name, "title", in: bytes) || Bytes.equals(name, "style", in: bytes): rawElement = name
      case 6 where Bytes.equals(name, "script", in: bytes): rawElement = name
      case 8 where Bytes.equals(name, "textarea", in: bytes): rawElement = name
      default: break
      }
    }

    /// Up to the tag that closes the element, or to the end of the page.
    private func rawText(of name: Range<Int>) -> Range<Int> {
      var index = position
      while let end = Bytes.find("</", from: index, in: bytes) {
        let after = end + 2 + name.count
        if after <= bytes.count,
          zip(bytes[name], bytes[end + 2..<after]).allSatisfy({ Bytes.lower($0) == Bytes.lower($1) }),
          after == bytes.count || !Bytes.isLetter(bytes[after])
        {
          return position..<end
        }
        index = end + 2
      }
      return position..<bytes.count
    }
  }
}
