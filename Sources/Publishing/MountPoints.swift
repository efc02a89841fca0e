import Platform

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
    guard let table = SystemFile.contents("/proc/self/mountinfo") else {
      var (own, above) = (stat(), stat())
      let isOther = stat(folder, &own) == 0 && stat(folder + "/..", &above) == 0 && own.st_dev != above.st_dev
      return isOther ? [folder] : []
    }
    return mounts(table).map(\.place).filter { $0 == folder || $0.hasPrefix(folder + "/") }
  }

  /// A line of the table.
  private struct Mount {
    let device: String
    /// The folder of the file system that hangs there.
    let root: String
    let place: String
  }

  private static func mounts(_ table: [UInt8]) -> [Mount] {
    table.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      guard words.count > 4 else { return nil }
      return Mount(
        device: String(decoding: words[2], as: UTF8.self), root: unescaped(words[3]), place: unescaped(words[4]))
    }
  }

  /// Where processes with mounts of their own, such as containers, have bound a folder: they hold on to that very folder, and
  /// would go on seeing it when another took its name. Only what this process may know of others is found.
  static func elsewhere(of folder: String) -> [String] {
    let manager = FileManager.default
    guard let own = SystemFile.contents("/proc/self/mountinfo").map(mounts),
      let holder = own.filter({ folder == $0.place || folder.hasPrefix($0.place == "/" ? "/" : $0.place + "/") })
        .max(by: { $0.place.utf8.count < $1.place.utf8.count })
    else { return [] }
    let inner = folder.dropFirst(holder.place == "/" ? 0 : holder.place.utf8.count)
    let root = (holder.root == "/" ? "" : holder.root) + inner
    var seen = Set([try? manager.destinationOfSymbolicLink(atPath: "/proc/self/ns/mnt")])
    var places: [String] = []
    for process in (try? manager.contentsOfDirectory(atPath: "/proc"))?.filter({ $0.allSatisfy(\.isNumber) }).sorted()
      ?? []
    {
      let space = try? manager.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/mnt")
      guard space != nil, seen.insert(space).inserted,
        let table = SystemFile.contents("/proc/\(process)/mountinfo")
      else { continue }
      places += mounts(table).filter {
        $0.device == holder.device && ($0.root == root || $0.root.hasPrefix(root + "/"))
      }
      .map(\.place)
    }
    return Set(places).sorted()
  }

  /// The table writes blanks and the like as \ and three octal digits.
  private static func unescaped(_ word: ArraySlice<UInt8>) -> String {
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
