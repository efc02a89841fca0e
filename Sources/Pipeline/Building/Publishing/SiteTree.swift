import BinaryFiles

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
  mutating func append(_ path: String, hash: UInt64 = 0, size: Int64 = -1, modified: Int64, inode: UInt64 = 0) {
    entries.append(
      Entry(path: UInt64(paths.count), hash: hash, size: size, modified: modified, inode: inode))
    paths.append(contentsOf: path.utf8)
    paths.append(0)
    if size >= 0 { fileCount = entries.count }
  }

  mutating func setModified(_ index: Int, _ nanoseconds: Int64) { entries[index].modified = nanoseconds }

  func path(of index: Int) -> String {
    let start = Int(entries[index].path)
    let end = paths[start...].firstIndex(of: 0) ?? paths.endIndex
    return String(decoding: paths[start..<end], as: UTF8.self)
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
    guard !slots.isEmpty else { return nil }
    let bytes = Array(path.utf8)
    var slot = Int(truncatingIfNeeded: ContentHash(bytes).value) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      let start = Int(entries[index].path)
      let end = start + bytes.count
      if end < paths.count, paths[end] == 0, paths[start..<end].elementsEqual(bytes) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func hashOfPath(_ index: Int) -> UInt64 {
    let start = Int(entries[index].path)
    let end = index + 1 < entries.count ? Int(entries[index + 1].path) - 1 : paths.count - 1
    return paths.withUnsafeBytes { ContentHash(UnsafeRawBufferPointer(rebasing: $0[start..<end])).value }
  }
}

extension SiteTree {
  private static let kind = "site tree"
  private static let layout: UInt32 = 1

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

  /// From now on nothing is known of that folder.
  static func forget(root: UInt64, in folder: String) throws { try RawFile.remove(path(of: root, in: folder)) }
}
