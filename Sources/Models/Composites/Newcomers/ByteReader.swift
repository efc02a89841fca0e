/// Reads little-endian numbers whose presence was checked.
struct ByteReader {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func byte() -> UInt8 {
    position += 1
    return bytes[position - 1]
  }

  mutating func int16() -> Int16 {
    let low = UInt16(byte())
    return Int16(bitPattern: low | UInt16(byte()) << 8)
  }

  mutating func uint32() -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(byte()) << (8 * UInt32($1)) } }

  mutating func float() -> Double { Double(Float(bitPattern: uint32())) }
}
