#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where other file systems, or other folders, hang in the tree of names: such a folder can be neither renamed nor
/// exchanged.
enum MountPoints {
  /// The mount points at or below a folder. On systems without a table of them, only whether the folder itself is one.
  static func at(_ folder: String) -> [String] {
    guard let table = FileManager.default.contents(atPath: "/proc/self/mountinfo") else {
      var (own, above) = (stat(), stat())
      let isOther = stat(folder, &own) == 0 && stat(folder + "/..", &above) == 0 && own.st_dev != above.st_dev
      return isOther ? [folder] : []
    }
    return table.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      guard words.count > 4 else { return nil }
      let place = unescaped(words[4])
      return place == folder || place.hasPrefix(folder + "/") ? place : nil
    }
  }

  /// The table writes blanks and the like as \ and three octal digits.
  private static func unescaped(_ word: Data) -> String {
    var bytes: [UInt8] = []
    var rest = word
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
