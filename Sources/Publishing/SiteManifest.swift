import Platform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The list of the files that Marquee wrote to a place, which is kept with them: `.marquee-files` of a build,
/// `.marquee-deployed` of a deployment.
///
/// What it names may be replaced and removed. Everything else at the place is somebody's own and is left alone.
package struct SiteManifest: Equatable, Sendable {
  /// The name of a build's list, which goes wherever the site is copied to.
  package static let name = ".marquee-files"
  /// The name of a deployment's list. A site that somebody copied to a place is not known to be as it was copied.
  package static let deployedName = ".marquee-deployed"
  private static let heading = "# Files that Marquee wrote here. It leaves all others alone."

  /// The mark of a file that an owner wrote and a build took over as it is.
  package static let ownMark = "own"

  /// What is known of a file.
  private struct Entry: Equatable {
    /// `ownMark`, or what a place that keeps no digests of its own needs to know of the file; mostly nothing.
    var mark = ""
    /// Of the bytes that were put there; empty where that is not known.
    var digest = ""
  }

  private var entries: [String: Entry] = [:]

  package init(_ paths: some Sequence<String> = []) {
    for path in paths { add(path) }
  }

  /// Reads a list; nil if the bytes are not one.
  package init?(_ bytes: some Collection<UInt8>) {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    guard lines.first == Self.heading else { return nil }
    for line in lines.dropFirst() {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      entries[PercentEncoding.text(of: parts[0])] = Entry(
        mark: parts.count > 1 ? String(parts[1]) : "", digest: parts.count > 2 ? String(parts[2]) : "")
    }
  }

  /// Reads the list of a folder; nil where there is none.
  package init?(folder: String, name: String = Self.name) {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return nil }
    self.init(data)
  }

  /// The paths in a folder's list that are wanted; none where there is no list.
  ///
  /// - Complexity: one call for each line, and no more is kept than what is wanted.
  static func paths(of folder: String, where isWanted: (String) -> Bool) -> [String] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return [] }
    var lines = [UInt8](data).split(separator: UInt8(ascii: "\n"))[...]
    guard lines.popFirst()?.elementsEqual(heading.utf8) == true else { return [] }
    return lines.compactMap { line in
      let path = PercentEncoding.text(of: String(decoding: line.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self))
      return isWanted(path) ? path : nil
    }
  }

  /// Whether a folder has a list.
  static func exists(in folder: String) -> Bool {
    RawFile.begins(with: Array((heading + "\n").utf8), at: "\(folder)/\(name)")
  }

  package var paths: Set<String> { Set(entries.keys) }

  /// The files that an owner wrote.
  package var own: Set<String> { Set(entries.filter { $0.value.mark == Self.ownMark }.keys) }

  package func contains(_ path: String) -> Bool { entries[path] != nil }

  package func mark(of path: String) -> String? { entries[path].flatMap { $0.mark.isEmpty ? nil : $0.mark } }

  /// The digest of what was put at a place under this name; nil where that is not known.
  package func digest(of path: String) -> String? { entries[path].flatMap { $0.digest.isEmpty ? nil : $0.digest } }

  package mutating func add(_ path: String, mark: String = "") { entries[path, default: Entry()].mark = mark }

  package mutating func set(digest: String, of path: String) { entries[path]?.digest = digest }

  /// Adds what another list names; of a file in both this list is right.
  package mutating func formUnion(_ other: SiteManifest) { entries.merge(other.entries) { mine, _ in mine } }

  /// One path a line, sorted: the same files give the same bytes.
  package var bytes: [UInt8] {
    let lines = entries.map { path, entry in
      let facts = entry.digest.isEmpty ? [entry.mark].filter { !$0.isEmpty } : [entry.mark, entry.digest]
      return ([Self.line(path)] + facts).joined(separator: "\t")
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Array((([Self.heading] + lines).joined(separator: "\n") + "\n").utf8)
  }

  /// Lines to add to a list.
  package static func lines(_ paths: [String]) -> [UInt8] { Array(paths.map { line($0) + "\n" }.joined().utf8) }

  /// A path as written in the list: control characters, “%” and a “#” at the beginning are encoded.
  static func line(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "%") }) || path.hasPrefix("#")
    else {
      return path
    }
    var bytes: [UInt8] = []
    for (index, byte) in path.utf8.enumerated() {
      if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") || (index == 0 && byte == UInt8(ascii: "#")) {
        bytes += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
