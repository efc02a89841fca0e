extension SiteCheck {
  /// Strict JSON (RFC 8259) as one flat list of values: no allocation for each of them.
  package struct JSONTape {
    package enum Kind: UInt8 { case null, flag, number, text, list, object }

    struct Node {
      var kind: Kind
      /// The place of the value; of a text without its quotes.
      var start: Int32
      var end: Int32
      /// The value after this one and all that it holds. In an object keys and values take turns.
      var next: Int32 = 0
      var hasEscapes = false
    }

    package struct Fault: Error, Equatable {
      package var offset: Int
      package var words: String
    }

    package static let depthLimit = 256

    let bytes: [UInt8]
    private(set) var nodes: [Node] = []
    private var position = 0

    /// - Complexity: linear.
    package init(_ bytes: [UInt8]) throws(Fault) {
      self.bytes = bytes
      guard bytes.count < Int(Int32.max) else {
        throw Fault(offset: 0, words: "the file is larger than 2 GB; split it")
      }
      nodes.reserveCapacity(bytes.count / 8)
      skipSpace()
      try value(depth: 0)
      skipSpace()
      if position < bytes.count { throw fault("the value ends here, but the file goes on; take the rest out") }
      if String(validating: bytes, as: UTF8.self) == nil {
        throw Fault(offset: 0, words: "it is not UTF-8; encode it so")
      }
    }

    private func fault(_ words: String) -> Fault { Fault(offset: min(position, bytes.count), words: words) }

    private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipSpace() {
      while position < bytes.count {
        let byte = bytes[position]
        guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
        position += 1
      }
    }

    private mutating func value(depth: Int) throws(Fault) {
      guard depth < Self.depthLimit else {
        throw fault("values are nested more than \(Self.depthLimit) deep; flatten them")
      }
      switch byte {
      case UInt8(ascii: "{"): try collection(.object, UInt8(ascii: "}"), depth)
      case UInt8(ascii: "["): try collection(.list, UInt8(ascii: "]"), depth)
      case UInt8(ascii: "\""): try text()
      case UInt8(ascii: "t"): try word("true", .flag)
      case UInt8(ascii: "f"): try word("false", .flag)
      case UInt8(ascii: "n"): try word("null", .null)
      case UInt8(ascii: "-"), 0x30...0x39: try number()
      default:
        throw fault(position < bytes.count ? "no value begins like this; write one" : "a value is missing; write one")
      }
    }

    private mutating func add(_ kind: Kind, _ range: Range<Int>, hasEscapes: Bool = false) {
      nodes.append(
        Node(
          kind: kind, start: Int32(range.lowerBound), end: Int32(range.upperBound), next: Int32(nodes.count + 1),
          hasEscapes: hasEscapes))
    }

    private mutating func collection(_ kind: Kind, _ end: UInt8, _ depth: Int) throws(Fault) {
      let node = nodes.count
      add(kind, position..<position)
      position += 1
      skipSpace()
      if byte == end {
        position += 1
      } else {
        while true {
          skipSpace()
          if kind == .object {
            guard byte == UInt8(ascii: "\"") else { throw fault("a key in quotes is missing; write one") }
            try text()
            skipSpace()
            guard byte == UInt8(ascii: ":") else { throw fault("“:” is missing after a key; write it") }
            position += 1
            skipSpace()
          }
          try value(depth: depth + 1)
          skipSpace()
          if byte == end {
            position += 1
            break
          }
          guard byte == UInt8(ascii: ",") else {
            throw fault("“,” or “\(kind == .object ? "}" : "]")” is missing; write it")
          }
          position += 1
        }
      }
      nodes[node].end = Int32(position)
      nodes[node].next = Int32(nodes.count)
    }

    private mutating func word(_ word: StaticString, _ kind: Kind) throws(Fault) {
      let count = word.utf8CodeUnitCount
      let isThere = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
      guard isThere else { throw fault("no value begins like this; write true, false or null") }
      add(kind, position..<position + count)
      position += count
    }

    private mutating func digits() throws(Fault) {
      guard (0x30...0x39).contains(byte) else { throw fault("a digit is missing in a number; write it") }
      while (0x30...0x39).contains(byte) { position += 1 }
    }

    private mutating func number() throws(Fault) {
      let start = position
      if byte == UInt8(ascii: "-") { position += 1 }
      if byte == UInt8(ascii: "0") {
        position += 1
        if (0x30...0x39).contains(byte) { throw fault("a number may not begin with 0; take it out") }
      } else {
        try digits()
      }
      if byte == UInt8(ascii: ".") {
        position += 1
        try digits()
      }
      if byte | 0x20 == UInt8(ascii: "e") {
        position += 1
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
        try digits()
      }
      add(.number, start..<position)
    }

    private mutating func text() throws(Fault) {
      let start = position
      var hasEscapes = false
      position += 1
      while true {
        guard position < bytes.count else {
          position = start
          throw fault("this text never ends; close its quote")
        }
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") { break }
        if byte < 0x20 { throw fault("a text contains a control character or a line end; write it as an escape") }
        if byte == UInt8(ascii: "\\") {
          hasEscapes = true
          try escape()
        } else {
          position += 1
        }
      }
      add(.text, start + 1..<position, hasEscapes: hasEscapes)
      position += 1
    }

    private mutating func escape() throws(Fault) {
      position += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        position += 1
      case UInt8(ascii: "u"):
        let unit = try codeUnit()
        if unit & 0xFC00 == 0xDC00 { throw fault("half a character in an escape; write both halves") }
        if unit & 0xFC00 == 0xD800 {
          guard byte == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
            throw fault("half a character in an escape; write both halves")
          }
          position += 1
          guard try codeUnit() & 0xFC00 == 0xDC00 else {
            throw fault("half a character in an escape; write both halves")
          }
        }
      default: throw fault("no escape begins like this; write “\\\\” for “\\”")
      }
    }

    private mutating func codeUnit() throws(Fault) -> UInt16 {
      position += 1
      var unit: UInt16 = 0
      for _ in 0..<4 {
        guard let digit = Bytes.hexValue(byte) else {
          throw fault("an escape needs four hexadecimal digits; write them")
        }
        unit = unit << 4 | UInt16(digit)
        position += 1
      }
      return unit
    }
  }
}

extension SiteCheck.JSONTape {
  func range(_ node: Int) -> Range<Int> { Int(nodes[node].start)..<Int(nodes[node].end) }

  func offset(_ node: Int) -> Int { Int(nodes[node].start) }

  /// The elements of a list, or keys and values of an object in turn.
  func children(_ node: Int) -> [Int] {
    var children: [Int] = []
    var child = node + 1
    while child < Int(nodes[node].next) {
      children.append(child)
      child = Int(nodes[child].next)
    }
    return children
  }

  /// The value under a key; of a key given twice the first.
  func member(_ key: StaticString, of node: Int) -> Int? {
    guard nodes[node].kind == .object else { return nil }
    var child = node + 1
    while child < Int(nodes[node].next) {
      let value = Int(nodes[child].next)
      if key.withUTF8Buffer({ bytes[range(child)].elementsEqual($0) }) { return value }
      child = Int(nodes[value].next)
    }
    return nil
  }

  func number(_ node: Int) -> Double? {
    nodes[node].kind == .number ? Double(SiteCheck.Bytes.string(bytes[range(node)])) : nil
  }

  /// A text with its escapes as the characters they stand for.
  func text(_ node: Int) -> String? {
    guard nodes[node].kind == .text else { return nil }
    guard nodes[node].hasEscapes else { return SiteCheck.Bytes.string(bytes[range(node)]) }
    var units: [UInt16] = []
    var index = Int(nodes[node].start)
    let end = Int(nodes[node].end)
    while index < end {
      guard bytes[index] == UInt8(ascii: "\\") else {
        let stop = bytes[index..<end].firstIndex(of: UInt8(ascii: "\\")) ?? end
        units += SiteCheck.Bytes.string(bytes[index..<stop]).utf16
        index = stop
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "u"):
        units.append(bytes[index + 2..<index + 6].reduce(0) { $0 << 4 | UInt16(SiteCheck.Bytes.hexValue($1) ?? 0) })
        index += 4
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "t"): units.append(9)
      default: units.append(UInt16(bytes[index + 1]))
      }
      index += 2
    }
    return String(decoding: units, as: UTF16.self)
  }
}
