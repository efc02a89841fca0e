/// Archives written byte by byte, so that the tests need no tools.
enum ArchiveFixture {
  typealias File = (name: String, bytes: [UInt8])

  /// A zip with stored (not deflated) members.
  static func zip(_ files: [File]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in files {
      let offset = archive.count
      let facts =
        little(20, 2) + little(0x800, 2) + little(0, 2) + little(0, 2) + little(0x21, 2) + little(crc32(bytes), 4)
        + little(UInt32(bytes.count), 4) + little(UInt32(bytes.count), 4) + little(UInt32(name.utf8.count), 2)
        + little(0, 2)
      archive += little(0x0403_4b50, 4) + facts + name.utf8 + bytes
      directory += little(0x0201_4b50, 4) + little(0x031e, 2) + facts
      directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0x81a4_0000, 4) + little(UInt32(offset), 4)
      directory += name.utf8
    }
    let start = archive.count
    return archive + directory + little(0x0605_4b50, 4) + little(0, 4)
      + little(UInt32(files.count), 2) + little(UInt32(files.count), 2) + little(UInt32(directory.count), 4)
      + little(UInt32(start), 4) + little(0, 2)
  }

  /// A gzip file with stored blocks.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(60_000)
      rest = rest.dropFirst(block.count)
      result += [rest.isEmpty ? 1 : 0] + little(UInt32(block.count), 2) + little(~UInt32(block.count), 2) + block
    } while !rest.isEmpty
    return result + little(crc32(bytes), 4) + little(UInt32(bytes.count), 4)
  }

  /// A tar archive in the ustar format.
  static func tar(_ files: [File]) -> [UInt8] {
    var archive: [UInt8] = []
    for (name, bytes) in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ offset: Int) {
        header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
      }
      put(name, 0)
      put("0000644", 100)
      put("0000000", 108)
      put("0000000", 116)
      put(octal(bytes.count, 11), 124)
      put("00000000000", 136)
      put("        ", 148)
      put("0", 156)
      put("ustar", 257)
      put("00", 263)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", 148)
      archive += header + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: 1_024)
  }

  private static func octal(_ number: Int, _ width: Int) -> String {
    let digits = String(number, radix: 8)
    return String(repeating: "0", count: width - digits.count) + digits
  }

  private static func little(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
