#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file of a built site.
struct SiteFile: Equatable {
  /// Below the output folder, with slashes.
  let path: String
  let size: Int

  /// In which turn it is sent: first what pages need, then pages, then what leads to them.
  var turn: Int {
    if ["index.html", "sw.js", "sitemap.xml", "feed.xml", "build.json"].contains(path) { return 2 }
    return path.hasSuffix(".html") || path.hasPrefix("sitemap") ? 1 : 0
  }

  /// All files below a folder, in the order of their paths. Hidden ones count, but for `.git`.
  ///
  /// - Throws: `DeploymentError.sourceMissing`.
  static func all(below folder: String) throws(DeploymentError) -> [SiteFile] {
    let manager = FileManager.default
    var files: [SiteFile] = []
    var folders = [""]
    while let inner = folders.popLast() {
      let full = inner.isEmpty ? folder : "\(folder)/\(inner)"
      guard let names = try? manager.contentsOfDirectory(atPath: full) else { throw .sourceMissing(path: full) }
      for name in names where name != ".git" {
        let path = inner.isEmpty ? name : "\(inner)/\(name)"
        guard let facts = try? manager.attributesOfItem(atPath: "\(folder)/\(path)") else {
          throw .sourceMissing(path: "\(folder)/\(path)")
        }
        if facts[.type] as? FileAttributeType == .typeDirectory {
          folders.append(path)
        } else {
          files.append(SiteFile(path: path, size: (facts[.size] as? Int) ?? 0))
        }
      }
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}

/// What must be sent and removed so that a place holds the site.
struct DeploymentPlan: Equatable {
  /// In the order in which to send them.
  var sends: [SiteFile]
  /// In the order in which to remove them: pages before what they need.
  var removals: [String]
  var kept: Int

  /// - Parameters:
  ///   - there: the paths at the place.
  ///   - isSame: whether a file that is there too has the same bytes.
  init(site: [SiteFile], there: [String], isSame: (SiteFile) throws -> Bool) rethrows {
    let known = Set(there)
    let changed = try site.filter { try !known.contains($0.path) || !isSame($0) }
    sends = changed.sorted { ($0.turn, $0.path) < ($1.turn, $1.path) }
    kept = site.count - changed.count
    let wanted = Set(site.map(\.path))
    removals = there.filter { !wanted.contains($0) }.map { SiteFile(path: $0, size: 0) }
      .sorted { ($1.turn, $0.path) < ($0.turn, $1.path) }.map(\.path)
  }

  /// A wrong place shows itself by most of what is there being foreign.
  func check(target: String, there: Int, options: DeploymentOptions) throws(DeploymentError) {
    if removals.count * 2 > there, there > 0, !options.allowsManyRemovals, !options.isDryRun {
      throw .manyRemovals(target: target, removals: removals.count, of: there)
    }
  }

  var outcome: DeploymentOutcome {
    DeploymentOutcome(
      sent: sends.count, bytes: sends.reduce(0) { $0 + $1.size }, kept: kept, removed: removals.count)
  }
}
