// Unsafe: paths are handed to the system straight from the memory of the tree.

package import LinearAlgebra
import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder with a site, and what is known of it after a look at it.
package struct InspectedTree: Sendable {
  enum State: UInt8 {
    /// Not as it was left, or gone.
    case unknown
    /// As it was left.
    case known
    /// As it was left, and the file has other names: writing into it would change those too.
    case shared
  }

  let folder: String
  let tree: SiteTree
  /// Of each entry of the tree.
  private(set) var states: [State]

  /// Compares every file and folder with what was left, without reading any.
  ///
  /// - Parameter other: another folder that was looked at just now. A file that is one of its files by another name is as that one is, as
  ///   long as the folder around it still has the entries that it was left with.
  /// - Complexity: one call of the system for each entry, but for files that `other` has.
  init(_ tree: SiteTree, at folder: String, beside other: InspectedTree? = nil, threads: ThreadCount) {
    self.folder = folder
    self.tree = tree
    let root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if root >= 0 { close(root) } }
    let folders = threads.map(tree.folders.count, blockSize: 512) { index in
      root >= 0 ? Self.state(of: tree.folders.lowerBound + index, in: tree, root: root) : .unknown
    }
    let files = threads.map(tree.fileCount, blockSize: 512) { index in
      guard root >= 0 else { return State.unknown }
      if let other, let around = tree.folder(around: index), folders[around - tree.fileCount] == .known,
        other.holdsSame(as: index, of: tree)
      {
        return .shared
      }
      return Self.state(of: index, in: tree, root: root)
    }
    states = files + folders
  }

  /// Whether a file of another tree is the file of that path, which is as it was left.
  private func holdsSame(as index: Int, of other: SiteTree) -> Bool {
    guard let own = tree.index(ofEntry: index, in: other), own < tree.fileCount, states[own] == .shared else {
      return false
    }
    let (entry, wanted) = (tree.entries[own], other.entries[index])
    return entry.inode == wanted.inode && entry.size == wanted.size && entry.modified == wanted.modified
  }

  private static func state(of index: Int, in tree: SiteTree, root: Int32) -> State {
    let entry = tree.entries[index]
    guard let status = status(of: entry, in: tree, root: root) else { return .unknown }
    let stamp = FileStamp(status)
    guard stamp.modified == Int(entry.modified) else { return .unknown }
    if entry.isFolder { return status.st_mode & S_IFMT == S_IFDIR ? .known : .unknown }
    guard status.st_mode & S_IFMT == S_IFREG, stamp.size == Int(entry.size), stamp.inode == entry.inode else {
      return .unknown
    }
    return status.st_nlink > 1 ? .shared : .known
  }

  private static func status(of entry: SiteTree.Entry, in tree: SiteTree, root: Int32) -> stat? {
    var status = stat()
    let answer = tree.paths.withUnsafeBytes { bytes -> Int32 in
      guard let base = bytes.baseAddress?.advanced(by: Int(entry.path)) else { return -1 }
      let path = base.assumingMemoryBound(to: CChar.self)
      // The folder itself has an empty path.
      if path.pointee == 0 { return fstatat(root, ".", &status, 0) }
      return fstatat(root, path, &status, AT_SYMLINK_NOFOLLOW)
    }
    return answer == 0 ? status : nil
  }

  /// When each folder of `tree` below `folder` was changed, in nanoseconds since 1970; nil for one that is not there.
  static func foldersModified(_ tree: SiteTree, at folder: String, threads: ThreadCount) -> [Int64?] {
    let root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if root >= 0 { close(root) } }
    return threads.map(tree.folders.count, blockSize: 512) { index in
      guard root >= 0 else { return nil }
      return status(of: tree.entries[tree.folders.lowerBound + index], in: tree, root: root)
        .map { Int64(FileStamp($0).modified) }
    }
  }

  /// Whether the site at `output` was made from what `key` stands for and is as it was left.
  package static func isWhole(_ output: String, key: UInt64, state: String, threads: ThreadCount) -> Bool {
    guard let inode = FileStamp(path: output)?.inode, let tree = SiteTree(root: inode, in: state), tree.key == key
    else { return false }
    return InspectedTree(tree, at: output, threads: threads).isWhole
  }

  /// A file of that path and whether it is as it was left; nil where the tree has none.
  func file(_ path: String) -> (entry: SiteTree.Entry, state: State)? {
    guard let index = tree.index(of: path), index < tree.fileCount else { return nil }
    return (tree.entries[index], states[index])
  }

  /// Whether every file is as it was left, whatever other files there are.
  var isWhole: Bool { tree.files.allSatisfy { states[$0] != .unknown } }
}
