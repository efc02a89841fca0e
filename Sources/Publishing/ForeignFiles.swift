import LinearAlgebra
import Platform

/// Files in an output folder that Marquee did not write.
package enum ForeignFiles {
  /// Those below a folder of which `state` may keep something.
  package static func below(_ folder: String, state: String) -> [String] {
    let tree = FileStamp(path: folder).flatMap { SiteTree(root: $0.inode, in: state) }
    return below(folder, inspected: tree.map { InspectedTree($0, at: folder, threads: .allCores) })
  }

  /// The paths below `folder` of files, links and whole folders that are somebody's own.
  ///
  /// - Parameter inspected: what is known of the folder. Only folders that are not as they were left are looked into, so
  ///   a folder that holds something foreign must not be remembered as it was left.
  static func below(_ folder: String, inspected: InspectedTree?) -> [String] {
    var search = Search(folder: folder, inspected: inspected)
    guard let inspected else {
      search.look(into: "")
      return search.found
    }
    let changed = inspected.tree.folders.filter { inspected.states[$0] != .known }.map { inspected.tree.path(of: $0) }
    for inner in changed.sorted() where !search.isForeign(inner) { search.look(into: inner) }
    return search.found
  }

  private struct Search {
    let folder: String
    let inspected: InspectedTree?
    private(set) var found: [String] = []
    /// What the folder's own list names, and the folders of that; read where it is needed, and again where a server wrote
    /// members' pages meanwhile.
    private var list: (files: Set<String>, folders: Set<String>, stamp: FileStamp?)?

    init(folder: String, inspected: InspectedTree?) { (self.folder, self.inspected) = (folder, inspected) }

    mutating func look(into inner: String) {
      for name in (RawFile.entries(of: inner.isEmpty ? folder : folder + "/" + inner) ?? []).sorted() {
        if inner.isEmpty, [OutputPlace.innerNext, OutputPlace.unfinished, SiteManifest.name].contains(name) {
          continue
        }
        let path = inner.isEmpty ? name : inner + "/" + name
        let isFolder = RawFile.isFolder(folder + "/" + path, followsLinks: false)
        if let index = inspected?.tree.index(of: path) {
          // Folders of the tree are looked into by themselves.
          if inspected?.tree.entries[index].isFolder != isFolder { found.append(path) }
        } else if !isFolder, isUnfinished(path) {
          continue
        } else if !isListed(path, isFolder: isFolder) {
          found.append(path)
        } else if isFolder {
          look(into: path)
        }
      }
    }

    /// Whether a file of Marquee's is being written there, or was when its writer was killed.
    private mutating func isUnfinished(_ path: String) -> Bool {
      guard path.hasSuffix(RawFile.unfinishedSuffix) else { return false }
      let finished = String(path.dropLast(RawFile.unfinishedSuffix.count))
      return inspected?.tree.index(of: finished) != nil || isListed(finished, isFolder: false)
    }

    /// Whether a folder lies in one that is foreign.
    func isForeign(_ path: String) -> Bool {
      found.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    private mutating func isListed(_ path: String, isFolder: Bool) -> Bool {
      if let list, (isFolder ? list.folders : list.files).contains(path) { return true }
      let stamp = FileStamp(path: folder + "/" + SiteManifest.name)
      if let list, list.stamp == stamp { return false }
      let (files, folders) = Self.read(folder)
      list = (files, folders, stamp)
      return (isFolder ? folders : files).contains(path)
    }

    private static func read(_ folder: String) -> (files: Set<String>, folders: Set<String>) {
      let files = SiteManifest(folder: folder)?.paths ?? []
      var folders: Set<String> = []
      for file in files {
        var path = file[...]
        while let slash = path.lastIndex(of: "/") {
          path = path[..<slash]
          if !folders.insert(String(path)).inserted { break }
        }
      }
      return (files, folders)
    }
  }

  /// Takes foreign folders apart that the new site has as well.
  ///
  /// - Returns: what can be carried over into the new site as it is.
  /// - Throws: `PublishingError.foreignFileInTheWay` where the site has a file of that name with other bytes.
  static func carried(_ foreign: [String], from output: String, beside tree: SiteTree, at next: String) throws
    -> [String]
  {
    try foreign.flatMap { path -> [String] in
      let full = output + "/" + path
      let isFolder = RawFile.isFolder(full, followsLinks: false)
      guard let index = tree.index(of: path) else {
        // Nothing can lie below a file of the site.
        let above = path.indices.filter { path[$0] == "/" }.compactMap { tree.index(of: String(path[..<$0])) }
        if above.contains(where: { !tree.entries[$0].isFolder }) {
          throw PublishingError.foreignFileInTheWay(path: full)
        }
        return [path]
      }
      if isFolder, tree.entries[index].isFolder {
        let inner = (RawFile.entries(of: full) ?? []).sorted().map { path + "/" + $0 }
        return try carried(inner, from: output, beside: tree, at: next)
      }
      if !isFolder, !tree.entries[index].isFolder, RawFile.isSame(full, next + "/" + path) { return [] }
      throw PublishingError.foreignFileInTheWay(path: full)
    }
  }
}
