#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where a path really leads.
package enum ResolvedPath {
  /// The absolute path without links, `.` and `..`; what does not exist is taken as a plain name.
  ///
  /// - Returns: nil where links lead in a circle.
  package static func of(_ path: String) -> String? {
    let manager = FileManager.default
    let start = path.hasPrefix("/") ? path : manager.currentDirectoryPath + "/" + path
    var waiting: [Substring] = start.split(separator: "/").reversed()
    var resolved: [Substring] = []
    var links = 0
    while let part = waiting.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = resolved.popLast()
        continue
      }
      let next = "/" + (resolved + [part]).joined(separator: "/")
      guard let target = try? manager.destinationOfSymbolicLink(atPath: next) else {
        resolved.append(part)
        continue
      }
      links += 1
      if links > 40 { return nil }
      if target.hasPrefix("/") { resolved = [] }
      waiting += target.split(separator: "/").reversed()
    }
    return "/" + resolved.joined(separator: "/")
  }
}
