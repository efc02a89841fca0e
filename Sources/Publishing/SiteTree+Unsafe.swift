// Unsafe: paths are hashed and compared where they lie in the memory of a tree.

import BinaryFiles
import Platform

/// What a folder with a site holds, as it was left: every file with the hash of its content, and every folder.
///
/// With it a build knows what is there without reading it: a file whose size, time and inode are as they were left has
/// the content that it was left with, and a folder whose time is as it was left has no other entries.
struct SiteTree: Sendable {
  /// A file, or a folder (its size is -1).
  struct Entry: BitwiseCopyable, Sendable {
    /// Where the path begins in `paths`; it ends with a zero byte.
    var path: UInt64
    var hash: UInt64
    var size: Int64
    /// Nanoseconds since 1970.
    var modified: Int64
    var inode: UInt64
    /// What the file was made from, where that has a fingerprint; otherwise 0.
    var source: UInt64

    var isFolder: Bool { size < 0 }
  }

  /// The inode of the folder itself, by which a tree is found again after folders were exchanged.
  let root: UInt64
  /// The fingerprint of what the site was made from.
  let key: UInt64
  private(set) var paths: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// Files come first, folders after them.
  private(set) var fileCount = 0
  /// Open addressing over the hashes of paths: index + 1 of an entry, or 0.
  private var slots: [Int32] = []

  init(root: UInt64, key: UInt64) {
    self.root = root
    self.key = key
  }

  /// Adds a file, or a folder with size -1; all files before all folders.
  mutating func append(
    _ path: String, hash: UInt64 = 0, size: Int64 = -1, modified: Int64, inode: UInt64 = 0, source: UInt64 = 0
  ) {
    entries.append(
      Entry(path: UInt64(paths.count), hash: hash, size: size, modified: modified, inode: inode, source: source))
    paths.append(contentsOf: path.utf8)
    paths.append(0)
    if size >= 0 { fileCount = entries.count }
  }

  mutating func setModified(_ index: Int, _ nanoseconds: Int64) { entries[index].modified = nanoseconds }

  func path(of index: Int) -> String {
    String(decoding: paths[range(ofPath: index)], as: UTF8.self)
  }

  var files: Range<Int> { 0..<fileCount }
  var folders: Range<Int> { fileCount..<entries.count }

  /// Prepares `index(of:)`. Complexity: O(entries).
  mutating func makeIndex() {
    var capacity = 16
    while capacity < entries.count * 2 { capacity *= 2 }
    slots = [Int32](repeating: 0, count: capacity)
    for index in entries.indices {
      var slot = Int(truncatingIfNeeded: hashOfPath(index)) & (capacity - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Int32(index + 1)
    }
  }

  /// The entry of that path. Complexity: O(length of the path).
  func index(of path: String) -> Int? {
    let found = path.utf8.withContiguousStorageIfAvailable { index(of: UnsafeRawBufferPointer($0)) }
    return found ?? Array(path.utf8).withUnsafeBytes { index(of: $0) }
  }

  /// The entry with the path that an entry of another tree has.
  func index(ofEntry other: Int, in tree: SiteTree) -> Int? {
    tree.paths.withUnsafeBytes { index(of: UnsafeRawBufferPointer(rebasing: $0[tree.range(ofPath: other)])) }
  }

  /// The folder that a file lies in; nil where the tree does not have it.
  func folder(around index: Int) -> Int? {
    let range = range(ofPath: index)
    let end = paths[range].lastIndex(of: UInt8(ascii: "/")) ?? range.lowerBound
    let found = paths.withUnsafeBytes { self.index(of: UnsafeRawBufferPointer(rebasing: $0[range.lowerBound..<end])) }
    return found.flatMap { $0 >= fileCount ? $0 : nil }
  }

  private func index(of path: UnsafeRawBufferPointer) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Int(truncatingIfNeeded: ContentHash(path).value) & (slots.count - 1)
    return paths.withUnsafeBytes { paths in
      while slots[slot] != 0 {
        let index = Int(slots[slot]) - 1
        let range = range(ofPath: index)
        if range.count == path.count, paths[range].elementsEqual(path) { return index }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  private func range(ofPath index: Int) -> Range<Int> {
    Int(entries[index].path)..<(index + 1 < entries.count ? Int(entries[index + 1].path) : paths.count) - 1
  }

  private func hashOfPath(_ index: Int) -> UInt64 {
    paths.withUnsafeBytes { ContentHash(UnsafeRawBufferPointer(rebasing: $0[range(ofPath: index)])).value }
  }
}

extension SiteTree {
  private static let kind = "site tree"
  private static let layout: UInt32 = 2

  private static func path(of root: UInt64, in folder: String) -> String { "\(folder)/\(root).tree" }

  /// Reads what was left of the folder with this inode; nil where nothing is known of it.
  init?(root: UInt64, in folder: String) {
    guard
      var reader = try? BinaryFile.read(
        kind: Self.kind, version: Self.layout, dataset: root, from: Self.path(of: root, in: folder)),
      let key = try? reader.read(UInt64.self), let count = try? reader.read(UInt64.self),
      let paths = try? reader.read([UInt8].self), let entries = try? reader.read([Entry].self),
      count <= UInt64(entries.count)
    else { return nil }
    self.init(root: root, key: key)
    self.paths = paths
    self.entries = entries
    fileCount = Int(count)
    makeIndex()
  }

  func write(to folder: String) throws {
    var writer = BinaryWriter()
    writer.write(key)
    writer.write(UInt64(fileCount))
    writer.write(paths)
    writer.write(entries)
    try BinaryFile.write(
      writer, kind: Self.kind, version: Self.layout, dataset: root, to: Self.path(of: root, in: folder))
  }

  /// Whether anything is known of that folder.
  static func isKnown(root: UInt64, in folder: String) -> Bool { SiteTree(root: root, in: folder) != nil }

  /// From now on nothing is known of that folder.
  static func forget(root: UInt64, in folder: String) throws { try RawFile.remove(path(of: root, in: folder)) }
}
