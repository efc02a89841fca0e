import Platform

/// A picture of a few colours as a PNG file (ISO/IEC 15948): two bits a pixel, rows as differences from the one above,
/// packed as runs (RFC 1950, RFC 1951 with the fixed codes).
package struct PNG: Sendable {
  package let width: Int
  package let height: Int
  /// The chunk with the packed pixels.
  private let content: [UInt8]

  /// Packs the pixels. Complexity: O(pixels).
  ///
  /// - Parameter pixels: `width` x `height` indices of colours, 0 to 3.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height, "a colour for each pixel")
    self.width = width
    self.height = height
    content = Self.chunk("IDAT", Self.zlib(Self.rows(of: pixels, width: width, height: height)))
  }

  /// The file with up to four colours, 0xrrggbb. Complexity: O(bytes of the file).
  package func bytes(colours: [UInt32]) -> [UInt8] {
    precondition((1...4).contains(colours.count), "two bits a pixel")
    var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    file += Self.chunk("IHDR", Self.bytes(of: UInt32(width)) + Self.bytes(of: UInt32(height)) + [2, 3, 0, 0, 0])
    file += Self.chunk("PLTE", colours.flatMap { [UInt8($0 >> 16 & 255), UInt8($0 >> 8 & 255), UInt8($0 & 255)] })
    file += content
    file += Self.chunk("IEND", [])
    return file
  }

  /// Four pixels a byte, each row after the number of its filter, "up".
  private static func rows(of pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    let length = (width + 3) / 4
    var above = [UInt8](repeating: 0, count: length)
    var result: [UInt8] = []
    result.reserveCapacity((length + 1) * height)
    for row in 0..<height {
      var packed = [UInt8](repeating: 0, count: length)
      for column in 0..<width { packed[column / 4] |= pixels[row * width + column] << UInt8(6 - column % 4 * 2) }
      result.append(2)
      for (new, old) in zip(packed, above) { result.append(new &- old) }
      above = packed
    }
    return result
  }

  private static func bytes(of number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(kind.utf8) + data
    return bytes(of: UInt32(data.count)) + content + bytes(of: CRC32.of(content))
  }

  private static func zlib(_ data: [UInt8]) -> [UInt8] {
    var bits = BitWriter()
    // One last block with the fixed codes.
    bits.write(0b011, count: 3)
    var position = 0
    while position < data.count {
      bits.write(literal: Int(data[position]))
      var run = 0
      while run < 258, position + 1 + run < data.count, data[position + 1 + run] == data[position] { run += 1 }
      if run >= 3 {
        bits.write(length: run)
        // The distance 1: code 0 of five bits.
        bits.write(0, count: 5)
        position += run
      }
      position += 1
    }
    bits.write(literal: 256)
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in data {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return [0x78, 0x01] + bits.finished + bytes(of: b << 16 | a)
  }
}

/// Bits from the lowest of each byte on, as deflate wants them.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt32 = 0
  private var count: UInt32 = 0

  mutating func write(_ value: UInt32, count bits: UInt32) {
    pending |= value << count
    count += bits
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  /// Huffman codes begin with their highest bit.
  private mutating func write(code: UInt32, count: UInt32) {
    var turned: UInt32 = 0
    for bit in 0..<count where code >> bit & 1 == 1 { turned |= 1 << (count - 1 - bit) }
    write(turned, count: count)
  }

  mutating func write(literal: Int) {
    switch literal {
    case ..<144: write(code: UInt32(0x30 + literal), count: 8)
    case ..<256: write(code: UInt32(0x190 + literal - 144), count: 9)
    case ..<280: write(code: UInt32(literal - 256), count: 7)
    default: write(code: UInt32(0xc0 + literal - 280), count: 8)
    }
  }

  /// A repetition of 3...258 bytes.
  mutating func write(length: Int) {
    guard length < 258 else { return write(literal: 285) }
    let starts = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
    ]
    let code = (starts.lastIndex { $0 <= length }) ?? 0
    write(literal: 257 + code)
    if code >= 8 { write(UInt32(length - starts[code]), count: UInt32(code / 4 - 1)) }
  }

  var finished: [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
}
