import LinearAlgebra
import Platform
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Publication {
  /// What publishing found in the old site's folder.
  package struct Findings: Equatable, Sendable {
    /// What is not Marquee's, and stays.
    package var foreign: [String] = []
    /// Files that somebody changed after Marquee had written them: the site's own took their place.
    package var replaced: [String] = []

    package init(foreign: [String] = [], replaced: [String] = []) {
      (self.foreign, self.replaced) = (foreign, replaced)
    }
  }

  /// Puts the new site in the old one's place.
  ///
  /// - Returns: how many files were added or changed, are the same as before, and are gone.
  package func publish() throws -> Changes { try publishTelling().changes }

  /// Puts the new site in the old one's place, and says what it found there.
  package func publishTelling() throws -> (changes: Changes, findings: Findings) {
    var tree = try completedTree()
    do {
      let changes = changes(to: tree)
      guard RawFile.exists(output) else {
        try? tree.write(to: state)
        try RawFile.creatingFolders(for: output) { try RawFile.move(next, to: output) }
        return (changes, Findings())
      }
      // Even a build that trusts nothing knows by this what is Marquee's.
      let inspected = live ?? Self.known(output, state, threads)
      let foreign = try ForeignFiles.carried(
        ForeignFiles.below(output, inspected: inspected), from: output, beside: tree, at: next)
      let findings = Findings(foreign: foreign, replaced: try keepChanged(inspected, tree))
      if isInPlace {
        try merge(&tree, replacing: inspected)
        return (changes, findings)
      }
      // A folder with something foreign in it is looked into each time.
      for path in foreign {
        let folders = [""] + path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
        if let folder = folders.last(where: { tree.index(of: $0) != nil }), let index = tree.index(of: folder) {
          tree.setModified(index, 0)
        }
      }
      try? tree.write(to: state)
      try RawFile.exchange(next, output)
      // The old site is now in the second folder. What is not Marquee's is moved into the new one.
      for path in foreign { try Self.carry(path, from: next, to: output) }
      return (changes, findings)
    } catch let failure as RawFile.Failure {
      throw PlatformError.notWritable(path: output, reason: "\(failure)")
    }
  }

  /// What is in the output folder and is not Marquee's.
  package func foreignFiles() -> [String] {
    ForeignFiles.below(output, inspected: live ?? Self.known(output, state, threads))
  }

  private static func carry(_ path: String, from folder: String, to other: String) throws {
    let target = other + "/" + path
    try RawFile.creatingFolders(for: target) { try RawFile.move(folder + "/" + path, to: target) }
  }

  /// A build that was killed right after the exchange left somebody's files in the old site: they come back.
  ///
  /// - Parameter inspected: what is known of the old site's folder.
  /// - Returns: whether there were any.
  static func bringBack(from place: OutputPlace, _ inspected: InspectedTree?) throws -> Bool {
    guard RawFile.exists(place.path), !place.isInPlace,
      !RawFile.exists(place.next + "/" + OutputPlace.unfinished), RawFile.entries(of: place.next)?.isEmpty == false
    else { return false }
    let foreign = ForeignFiles.below(place.next, inspected: inspected)
    for path in foreign {
      guard RawFile.exists(place.path + "/" + path) else {
        try carry(path, from: place.next, to: place.path)
        continue
      }
      // Somebody made a new one since: both are kept.
      var free = path + ".kept"
      while RawFile.exists(place.path + "/" + free) { free += ".kept" }
      try RawFile.move(place.next + "/" + path, to: place.path + "/" + free)
    }
    return !foreign.isEmpty
  }

  /// Keeps the files of the old site that somebody changed by hand, in the site's state folder.
  ///
  /// Members' pages change between builds: the server writes them.
  private func keepChanged(_ inspected: InspectedTree?, _ tree: SiteTree) throws -> [String] {
    guard let inspected else { return [] }
    var changed: [String] = []
    for index in inspected.tree.files where inspected.states[index] == .unknown {
      let path = inspected.tree.path(of: index)
      let full = output + "/" + path
      if path == SiteManifest.name || path.hasPrefix("users/") || path.hasPrefix("api/users/") { continue }
      guard RawFile.exists(full), let hash = ContentHash(contentsOf: full)?.value,
        hash != inspected.tree.entries[index].hash,
        tree.index(of: path).map({ tree.entries[$0].hash != hash }) ?? true
      else { continue }
      let kept = "\(Self.keptFolder(state))/\(path)"
      try RawFile.creatingFolders(for: kept) { try RawFile.copy(full, to: kept) }
      changed.append(path)
    }
    return changed
  }

  /// Where files are kept that the site's own replaced.
  package static func keptFolder(_ state: String) -> String {
    (state.lastIndex(of: "/").map { String(state[..<$0]) } ?? ".") + "/replaced"
  }

  private func changes(to tree: SiteTree) -> Changes {
    let (kept, keepsList) = progress.withLock { progress in
      (progress.files.count { $0.isKept }, progress.files.contains { $0.isKept && $0.path == SiteManifest.name })
    }
    // A list that stays names no file that goes.
    var missing = keepsList ? [] : Set(SiteManifest.paths(of: output) { tree.index(of: $0) == nil })
    if let live {
      let old = live.tree
      missing.formUnion(old.files.filter { tree.index(ofEntry: $0, in: old) == nil }.map { old.path(of: $0) })
    }
    return (tree.fileCount - kept, kept, missing.count { RawFile.exists(output + "/" + $0) })
  }

  /// The files that Marquee wrote to the present site.
  func ownedPaths(_ inspected: InspectedTree?) -> Set<String> {
    let listed = SiteManifest(folder: output)?.paths ?? []
    return listed.union(inspected.map { $0.tree.files.map($0.tree.path(of:)) } ?? [])
  }
}
