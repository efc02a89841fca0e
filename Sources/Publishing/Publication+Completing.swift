import LinearAlgebra
import Platform
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Publication {
  /// Takes away what the new site does not have: then `folder` holds the site and nothing else.
  ///
  /// - Parameters:
  ///   - key: the fingerprint of everything that the site is made from.
  ///   - own: the paths of files that are the owner's and went into the site as they are.
  package func complete(madeFrom key: UInt64 = 0, own: Set<String> = []) throws {
    _ = try completedTree(madeFrom: key, own: own)
  }

  /// The same, with what lies in `folder` then.
  func completedTree(madeFrom key: UInt64 = 0, own: Set<String> = []) throws -> SiteTree {
    if let tree = progress.withLock({ $0.tree }) { return tree }
    try begin()
    do {
      try writeManifest(own: own)
      let tree = try finish(key)
      progress.withLock { $0.tree = tree }
      return tree
    } catch let failure as RawFile.Failure {
      throw PlatformError.notWritable(path: next, reason: "\(failure)")
    }
  }

  /// Writes the list of the files, or keeps it where it names the same.
  private func writeManifest(own: Set<String>) throws {
    let paths = files.map(\.path)
    // A sum, as threads add files in any order.
    let source = paths.reduce(0 as UInt64) { sum, path in
      sum &+ ContentHash(own.contains(path) ? "\(path)\t\(SiteManifest.ownMark)" : path).value
    }
    if try keep(SiteManifest.name, madeFrom: source) { return }
    var list = SiteManifest()
    for path in paths { list.add(path, mark: own.contains(path) ? SiteManifest.ownMark : "") }
    try write(list.bytes, to: SiteManifest.name, madeFrom: source)
  }

  /// Takes away what the new site does not have and describes what it has.
  private func finish(_ key: UInt64) throws -> SiteTree {
    var tree = SiteTree(root: lock.inode, key: key)
    var folders: Set<Substring> = [""]
    for file in progress.withLock({ $0.files }) {
      tree.append(
        file.path, hash: file.hash, size: Int64(file.size), modified: file.place.modified, inode: file.place.inode,
        source: file.source)
      var path = file.path[...]
      while let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) {
        path = path[..<slash]
        if !folders.insert(path).inserted { break }
      }
    }
    for folder in folders { tree.append(String(folder), modified: 0) }
    tree.makeIndex()
    if let standby { try removeGone(from: standby.tree, keeping: tree) }
    if !startsEmpty {
      for index in tree.folders where !isAsLeft(folder: index, of: tree) {
        try removeOthers(from: tree.path(of: index), keeping: tree)
      }
    }
    try RawFile.remove(next + "/" + OutputPlace.unfinished)
    try note(foldersOf: &tree, at: next)
    return tree
  }

  /// Remembers when each folder was changed last.
  func note(foldersOf tree: inout SiteTree, at folder: String) throws {
    let modified = InspectedTree.foldersModified(tree, at: folder, threads: threads)
    for (index, nanoseconds) in zip(tree.folders, modified) {
      guard let nanoseconds else { throw RawFile.Failure.missing }
      tree.setModified(index, nanoseconds)
    }
  }

  private func removeGone(from old: SiteTree, keeping tree: SiteTree) throws {
    for index in old.files where tree.index(ofEntry: index, in: old) == nil {
      try RawFile.remove(next + "/" + old.path(of: index))
    }
    // The deepest first.
    let gone = old.folders.filter { tree.index(ofEntry: $0, in: old) == nil }.map { old.path(of: $0) }
    for path in gone.sorted(by: >) { try? FileManager.default.removeItem(atPath: next + "/" + path) }
  }

  /// Whether the build found a folder as it had been left: any other may hold half a site of a build that was killed.
  private func isAsLeft(folder index: Int, of tree: SiteTree) -> Bool {
    guard let standby, let known = standby.tree.index(ofEntry: index, in: tree) else { return false }
    return standby.states[known] == .known
  }

  /// Removes from a folder of the new site what is none of its files and folders.
  private func removeOthers(from folder: String, keeping tree: SiteTree) throws {
    let prefix = folder.isEmpty ? "" : folder + "/"
    for name in RawFile.entries(of: next + "/" + folder) ?? [] where tree.index(of: prefix + name) == nil {
      try? FileManager.default.removeItem(atPath: next + "/" + prefix + name)
    }
  }
}
