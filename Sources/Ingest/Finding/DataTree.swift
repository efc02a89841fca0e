#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file that may belong to a data set: on disk, or in an archive.
struct DataFile {
  enum Place {
    case disk(path: String)
    /// A file on disk that is compressed by itself.
    case compressed(path: String)
    /// A Parquet file.
    case parquet(path: String)
    /// A file of an archive, copied to disk.
    case spooled(SpooledFile, entry: String)
    /// A file that was split into pieces, in order.
    indirect case joined([Place])
    /// An entry of the archive at the tree's path.
    case entry(path: String)
  }

  let place: Place
  /// Its folder within the tree, "" at the top.
  let folder: String
  /// Its name in lower case, without a compression extension.
  let name: String
  /// Its name as written.
  var writtenName: String {
    switch place {
    case .disk(let path), .compressed(let path), .parquet(let path), .entry(let path), .spooled(_, entry: let path):
      path.split(separator: "/").last.map(String.init) ?? name
    case .joined: name
    }
  }
  /// Its size on disk in bytes; 0 for an entry of an archive.
  let size: Int
  /// Its first bytes, as far as they are already read.
  private(set) var knownHead: [UInt8]?

  init(place: Place, folder: String = "", name: String, size: Int, knownHead: [UInt8]? = nil) {
    self.place = place
    self.folder = folder
    self.name = name
    self.size = size
    self.knownHead = knownHead
  }

  /// How much of a file is read to detect its format.
  static let headLength = 1 << 14

  /// The first bytes of the uncompressed file.
  func head() throws -> [UInt8] {
    if let knownHead { return knownHead }
    switch place {
    case .disk(let path): return try PlainFile.head(path: path, count: Self.headLength)
    case .joined(let places): return try Self.joined(places).head(Self.headLength)
    case .parquet(let path): return try Self.table(path, named: path).head(Self.headLength)
    case .spooled(let file, _):
      return try text(of: file).head(Self.headLength)
    case .compressed(let path):
      var head: [UInt8] = []
      try Archive(path: path, kind: .compressed).forEachEntry { head = try $0.stream.head(Self.headLength) }
      return head
    case .entry: return []
    }
  }
}

extension DataFile {
  /// Whether it is Parquet, by itself or in an archive.
  var isParquet: Bool {
    switch place {
    case .parquet: true
    case .spooled(let file, _): (try? PlainFile.head(path: file.path, count: 4)) == Array("PAR1".utf8)
    default: false
    }
  }

  /// The text of a copied archive entry.
  func text(of file: SpooledFile) throws -> ByteStream {
    if isParquet { return try Self.table(file.path, named: file.name) }
    let plain = try PlainFile(path: file.path)
    return ByteStream(read: { try plain.read(into: $0) })
  }

  /// The table in a Parquet file, as CSV.
  static func table(_ path: String, named name: String) throws -> ByteStream {
    guard let reader = ParquetReader.installed else { throw IngestError.foreignContent(path: name, .parquet) }
    return try reader.stream(path, named: name)
  }

  /// The concatenated pieces of a file: lines and quoted fields may span them.
  static func joined(_ places: [Place]) throws -> ByteStream {
    var rest = places.compactMap { place in
      switch place {
      case .disk(let path): path
      case .spooled(let file, _): file.path
      default: nil
      }
    }[...]
    guard let first = rest.popFirst() else { return ByteStream([]) }
    var plain = try PlainFile(path: first)
    return ByteStream(read: { buffer in
      while true {
        let count = try plain.read(into: buffer)
        if count > 0 { return count }
        guard let next = rest.popFirst() else { return 0 }
        plain = try PlainFile(path: next)
      }
    })
  }
}

/// The files under a path: a folder and its sub-folders, an archive, or a single file.
struct DataTree {
  enum Container {
    case folder
    case file
    case archive(Archive.Kind, size: Int)
  }

  let path: String
  let container: Container
  let files: [DataFile]

  /// The maximum depth of the search: a data set may be in a subfolder, and its training set in another.
  private static let maximumDepth = 3

  /// - Throws: `IngestError` if there is nothing at `path` or it cannot be read.
  init(path: String) throws {
    self.path = path
    let facts = try FileFacts(path: path)
    switch facts.kind {
    case .other: throw IngestError.notAFile(path: path)
    case .folder:
      container = .folder
      var files: [DataFile] = []
      try Self.list(path, under: "", depth: 0, into: &files)
      self.files = files
    case .file:
      if facts.size == 0 { throw IngestError.empty(path: path) }
      let base = path.split(separator: "/").last.map { $0.lowercased() } ?? path
      if let content = ForeignContent(name: base, head: []) {
        throw IngestError.foreignContent(path: path, content)
      }
      let head = try PlainFile.head(path: path, count: Archive.signatureLength)
      guard let kind = Archive.kind(ofFile: path, head: head) else {
        container = .file
        files = [try Self.file(path, folder: "", size: facts.size, isParquet: head.starts(with: "PAR1".utf8))]
        return
      }
      let entries = try Self.entries(path, kind)
      if kind == .compressed, entries.count == 1, !entries[0].isFromInnerArchive {
        container = .file
        files = [try Self.file(path, folder: "", size: facts.size, head: entries[0].file.knownHead)]
      } else {
        container = .archive(kind, size: facts.size)
        files = entries.map(\.file)
      }
    }
  }

  private static func list(_ path: String, under folder: String, depth: Int, into files: inout [DataFile]) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
    } catch {
      throw IngestError.unreadable(path: path, reason: "the folder cannot be listed")
    }
    for name in names where !Archive.isHidden(name) {
      let full = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      // A dangling link or an unreadable sibling must not cause a failure.
      guard let facts = try? FileFacts(path: full) else { continue }
      switch facts.kind {
      case .file: files.append(try file(full, folder: folder, size: facts.size))
      case .folder where depth < maximumDepth:
        let below = folder.isEmpty ? name : "\(folder)/\(name)"
        do { try list(full, under: below, depth: depth + 1, into: &files) } catch  where depth >= 0 { continue }
      default: continue
      }
    }
  }

  private static let parquetEnding = ".parquet"

  private static func file(
    _ path: String, folder: String, size: Int, head: [UInt8]? = nil, isParquet: Bool = false
  ) throws -> DataFile {
    let base = path.split(separator: "/").last.map(String.init) ?? path
    let name = Archive.uncompressedName(base)
    if base.lowercased().hasSuffix(parquetEnding) || isParquet {
      return DataFile(place: .parquet(path: path), folder: folder, name: tableName(base), size: size)
    }
    let isCompressed =
      head != nil
      || (name != base && Archive.kind(of: (try? PlainFile.head(path: path, count: 263)) ?? []) == .compressed)
    return DataFile(
      place: isCompressed ? .compressed(path: path) : .disk(path: path), folder: folder, name: name.lowercased(),
      size: size, knownHead: head)
  }

  /// The name of a Parquet file's table as CSV.
  private static func tableName(_ base: String) -> String {
    let name = base.lowercased()
    return (name.hasSuffix(parquetEnding) ? String(name.dropLast(parquetEnding.count)) : name) + ".csv"
  }

  /// The number of archive entries whose first bytes are read.
  private static let maximumHeads = 64

  private static func entries(_ path: String, _ kind: Archive.Kind) throws -> [(
    file: DataFile, isFromInnerArchive: Bool
  )] {
    let archive = try Archive(path: path, kind: kind)
    let raw = Archive.uncompressedName(path)
    var result: [(DataFile, Bool)] = []
    var heads = 0
    // Copies on disk are limited to a plausible size of the archive's content.
    var room = max(1 << 26, 50 * (try FileFacts(path: path).size))
    try archive.forEachEntry { entry in
      let parts = entry.path.split(separator: "/").filter { $0 != "." }
      guard let base = parts.last else { return }
      let name = base.lowercased()
      var head: [UInt8] = []
      let folder = parts.dropLast().joined(separator: "/")
      if heads < maximumHeads || name.hasSuffix(parquetEnding), !name.hasPrefix("mv_") {
        heads += 1
        head = try entry.stream.head(DataFile.headLength)
        if head.starts(with: "PAR1".utf8) || TableParts.whole(of: name) != nil {
          let copy = try SpooledFile(entry.stream.behind(head), of: "\(path)/\(entry.path)", most: room)
          room -= copy.size
          let isParquet = head.starts(with: "PAR1".utf8)
          let file = DataFile(
            place: .spooled(copy, entry: entry.path), folder: folder, name: isParquet ? tableName(name) : name,
            size: copy.size)
          result.append((file, true))
          return
        }
      }
      let file = DataFile(place: .entry(path: entry.path), folder: folder, name: name, size: 0, knownHead: head)
      result.append((file, !(archive.isRaw && entry.path == raw)))
    }
    return result
  }
}

extension DataTree {
  /// The display name of a file of the tree.
  func displayPath(of file: DataFile) -> String {
    switch file.place {
    case .disk(let path), .compressed(let path), .parquet(let path): path
    case .joined(let places):
      places.first.map { displayPath(of: DataFile(place: $0, name: file.name, size: 0)) } ?? path
    case .entry(let entry), .spooled(_, let entry): "\(path)/\(entry)"
    }
  }

  /// Bytes to read for these files.
  func size(of files: [DataFile]) -> Int {
    if case .archive(_, let size) = container { size } else { files.reduce(0) { $0 + $1.size } }
  }

  /// Opens each of `files` once, in order, or in the order of an archive's entries.
  func open(
    _ files: [DataFile], progress: ProgressMeter, _ body: (_ number: Int, _ stream: ByteStream) throws -> Void
  ) throws {
    guard case .archive(let kind, let size) = container else {
      for (number, file) in files.enumerated() {
        try open(file, progress: progress) { try body(number, $0) }
      }
      return
    }
    var numbers: [String: Int] = [:]
    for (number, file) in files.enumerated() {
      if case .entry(let path) = file.place {
        numbers[path] = number
      } else {
        try open(file, progress: progress) { try body(number, $0) }
      }
    }
    if numbers.isEmpty { return }
    let archive = try Archive(path: path, kind: kind)
    var opened = 0
    try archive.forEachEntry { entry in
      guard let number = numbers[entry.path] else { return }
      opened += 1
      let name = displayPath(of: files[number])
      try body(
        number,
        ByteStream(read: { buffer in
          let count = try entry.stream.read(buffer)
          progress.advance(to: archive.bytesRead, in: name)
          return count
        }))
    }
    try checkUnchanged(path, size: size)
    if opened < numbers.count { throw IngestError.changed(path: path, expected: size, found: size) }
    progress.finish(path, bytes: size)
  }

  private func open(_ file: DataFile, progress: ProgressMeter, _ body: (ByteStream) throws -> Void) throws {
    switch file.place {
    case .parquet(let path):
      try body(DataFile.table(path, named: path))
      try checkUnchanged(path, size: file.size)
      progress.finish(path, bytes: file.size)
    case .spooled(let copy, _): try body(file.text(of: copy))
    case .joined(let places):
      try body(DataFile.joined(places))
      progress.finish(file.name, bytes: file.size)
    case .disk(let path):
      let plain = try PlainFile(path: path)
      var read = 0
      try body(
        ByteStream(read: { buffer in
          let count = try plain.read(into: buffer)
          read += count
          progress.advance(to: read, in: path)
          return count
        }))
      try plain.checkUnchanged(expected: file.size, read: read)
      progress.finish(path, bytes: file.size)
    case .compressed(let path):
      let archive = try Archive(path: path, kind: .compressed)
      try archive.forEachEntry { entry in
        try body(
          ByteStream(read: { buffer in
            let count = try entry.stream.read(buffer)
            progress.advance(to: archive.bytesRead, in: path)
            return count
          }))
      }
      try checkUnchanged(path, size: file.size)
      progress.finish(path, bytes: file.size)
    case .entry: return
    }
  }

  private func checkUnchanged(_ path: String, size: Int) throws {
    let found = try? FileFacts(path: path).size
    if found != size { throw IngestError.changed(path: path, expected: size, found: found) }
  }
}
