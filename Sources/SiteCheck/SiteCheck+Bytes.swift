extension SiteCheck {
  /// Small work on stretches of UTF-8.
  enum Bytes {
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    /// FNV-1a, with its bits mixed once more. Two names with one hash are taken for the same: one in 10^9 sites of
    /// 100,000 names has such a pair.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash ^= hash >> 32
      return hash &* 0x9E37_79B9_7F4A_7C15
    }

    static func hash(_ text: StaticString) -> UInt64 { hash("\(text)".utf8) }

    /// The hash of a name in lower case.
    static func nameHash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for index in range { hash = (hash ^ UInt64(lower(bytes[index]))) &* 0x100_0000_01B3 }
      hash ^= hash >> 32
      return hash &* 0x9E37_79B9_7F4A_7C15
    }

    static func line(of offset: Int, in bytes: [UInt8]) -> Int {
      var line = 1
      for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A { line += 1 }
      return line
    }

    static func string(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// A stretch short enough to be shown.
    static func shown(_ bytes: some Collection<UInt8>) -> String {
      bytes.count <= 200 ? string(bytes) : string(bytes.prefix(200)) + "…"
    }

    static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
      var (start, end) = (range.lowerBound, range.upperBound)
      while start < end, isSpace(bytes[start]) { start += 1 }
      while end > start, isSpace(bytes[end - 1]) { end -= 1 }
      return start..<end
    }

    /// Whether the text at `index` is `word`, which is in lower case.
    static func has(_ word: StaticString, at index: Int, in bytes: [UInt8]) -> Bool {
      let count = word.utf8CodeUnitCount
      guard index >= 0, index + count <= bytes.count else { return false }
      return word.withUTF8Buffer { word in
        for offset in 0..<count where lower(bytes[index + offset]) != word[offset] { return false }
        return true
      }
    }

    static func equals(_ range: Range<Int>, _ word: StaticString, in bytes: [UInt8]) -> Bool {
      range.count == word.utf8CodeUnitCount && has(word, at: range.lowerBound, in: bytes)
    }

    /// Where `word` begins, from `start` on.
    static func find(_ word: StaticString, from start: Int, in bytes: [UInt8]) -> Int? {
      let first = word.withUTF8Buffer { $0[0] }
      var index = start
      while index + word.utf8CodeUnitCount <= bytes.count {
        if lower(bytes[index]) == first, has(word, at: index, in: bytes) { return index }
        index += 1
      }
      return nil
    }

    /// Appends an attribute's value with its entities as the characters they stand for.
    static func appendDecoded(_ range: Range<Int>, of bytes: [UInt8], to text: inout [UInt8]) {
      var index = range.lowerBound
      while index < range.upperBound {
        let byte = bytes[index]
        if byte == UInt8(ascii: "&"),
          let end = bytes[index..<min(range.upperBound, index + 12)].firstIndex(of: UInt8(ascii: ";")),
          let scalar = entity(bytes[index + 1..<end])
        {
          text += UTF8.encode(scalar).map { Array($0) } ?? []
          index = end + 1
        } else {
          text.append(byte)
          index += 1
        }
      }
    }

    static func entity(_ name: ArraySlice<UInt8>) -> UnicodeScalar? {
      let name = string(name)
      switch name {
      case "amp": return "&"
      case "lt": return "<"
      case "gt": return ">"
      case "quot": return "\""
      case "apos": return "'"
      case "nbsp": return "\u{A0}"
      default:
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHex = digits.first == "x" || digits.first == "X"
        return UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10).flatMap(UnicodeScalar.init)
      }
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x41...0x46: byte - 0x37
      case 0x61...0x66: byte - 0x57
      default: nil
      }
    }

    /// Appends a stretch of an address with `%41` as the byte it stands for.
    static func appendPercentDecoded(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
      var index = bytes.startIndex
      while index < bytes.endIndex {
        if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = hexValue(bytes[index + 1]),
          let low = hexValue(bytes[index + 2])
        {
          text.append(high << 4 | low)
          index += 3
        } else {
          text.append(bytes[index])
          index += 1
        }
      }
    }
  }
}
