// Unsafe: holds libarchive's handles, freed once in `deinit`. The callback's object outlives the archive that it feeds; entry names are
// copied before the next header.

import CArchive

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An archive (.zip, .tar, .gz, .tar.gz, .7z, .rar, …) that is read as a stream, entry by entry, without unpacking to disk.
/// Archives within archives are opened too.
final class Archive {
  private let handle: OpaquePointer
  private let path: String
  /// The source of the bytes, if this archive is an entry of another one.
  private let feed: Feed?

  /// One file of an archive.
  struct Entry {
    let path: String
    let stream: ByteStream
  }

  /// The kind of a file by its first bytes.
  enum Kind: Equatable {
    case zip, tar, sevenZip, rar
    /// A compressed file, which may hold a tar archive.
    case compressed
  }

  /// The maximum nesting of archives.
  private static let maximumDepth = 3

  /// How many bytes `kind` needs.
  static let signatureLength = 263

  static func kind(of head: [UInt8]) -> Kind? {
    func has(_ signature: [UInt8], at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: signature) }
    if has([0x50, 0x4b, 0x03, 0x04]) || has([0x50, 0x4b, 0x05, 0x06]) { return .zip }
    if has(Array("ustar".utf8), at: 257) { return .tar }
    if has([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) { return .sevenZip }
    if has([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]) { return .rar }
    let compressed: [[UInt8]] = [
      [0x1f, 0x8b], Array("BZh".utf8), [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], [0x28, 0xb5, 0x2f, 0xfd], [0x1f, 0x9d],
      [0x04, 0x22, 0x4d, 0x18],
    ]
    return compressed.contains { has($0) } ? .compressed : nil
  }

  /// The kind of the file at `path`, which begins with `head`: a zip may follow a self-extracting program.
  static func kind(ofFile path: String, head: [UInt8]) -> Kind? {
    if let kind = kind(of: head) { return kind }
    guard head.starts(with: "MZ".utf8) || head.starts(with: [0x7f, 0x45, 0x4c, 0x46]) || head.starts(with: "#!".utf8),
      let tail = try? PlainFile.tail(path: path, count: endRecordReach)
    else { return nil }
    return tail.firstRange(of: [0x50, 0x4b, 0x05, 0x06]) == nil ? nil : .zip
  }

  /// The maximum distance of a zip's last record from its end.
  private static let endRecordReach = 1 << 16 + 22

  /// Opens the archive at `path`, whose first bytes identified it as `kind`.
  init(path: String, kind: Kind) throws {
    self.path = path
    feed = nil
    guard let handle = archive_read_new() else { throw IngestError.damagedArchive(path: path, reason: "no memory") }
    self.handle = handle
    // A zip is read by its directory at the end, so truncation is detected at once.
    try support(kind, isSeekable: true)
    if kind == .tar {
      // Two blocks of zeros end a tar; without them missing entries would go unnoticed.
      let mark = try PlainFile.tail(path: path, count: 1_024)
      let size = try FileFacts(path: path).size
      if mark.count < 1_024 || size % 512 != 0 || mark.contains(where: { $0 != 0 }) {
        throw IngestError.damagedArchive(path: path, reason: "the end mark is missing")
      }
    }
    guard archive_read_open_filename(handle, path, 1 << 17) == ARCHIVE_OK else { throw failure() }
    try checkFilter(kind)
  }

  /// Opens the archive that is the current entry of another one.
  private init(path: String, kind: Kind, head: [UInt8], rest: ByteStream) throws {
    self.path = path
    let feed = Feed(head: head, rest: rest)
    self.feed = feed
    guard let handle = archive_read_new() else { throw IngestError.damagedArchive(path: path, reason: "no memory") }
    self.handle = handle
    try support(kind, isSeekable: false)
    let status = archive_read_open(
      handle, Unmanaged.passUnretained(feed).toOpaque(), nil,
      { handle, context, bytes in
        guard let context, let bytes else { return -1 }
        return Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue().next(bytes, handle)
      }, nil)
    guard status == ARCHIVE_OK else { throw failure() }
    try checkFilter(kind)
  }

  deinit { archive_read_free(handle) }

  private func support(_ kind: Kind, isSeekable: Bool) throws {
    archive_read_support_filter_all(handle)
    switch kind {
    case .zip:
      if isSeekable {
        archive_read_support_format_zip_seekable(handle)
      } else {
        archive_read_support_format_zip_streamable(handle)
      }
    case .tar:
      archive_read_support_format_tar(handle)
    case .sevenZip:
      archive_read_support_format_7zip(handle)
    case .rar:
      archive_read_support_format_rar(handle)
      archive_read_support_format_rar5(handle)
    case .compressed:
      archive_read_support_format_tar(handle)
      archive_read_support_format_raw(handle)
      archive_read_support_format_empty(handle)
    }
  }

  /// A compressed file with a truncated header would otherwise pass for plain bytes.
  private func checkFilter(_ kind: Kind) throws {
    if kind == .compressed, archive_filter_count(handle) < 2 {
      throw IngestError.damagedArchive(path: path, reason: "its head is incomplete")
    }
  }

  private func failure() -> any Error {
    if let error = feed?.failure { return error }
    let reason = archive_error_string(handle).map { String(cString: $0) } ?? "unknown format"
    if reason.contains("ncrypt") || reason.contains("assphrase") {
      return IngestError.foreignContent(path: path, .lockedArchive)
    }
    return IngestError.damagedArchive(path: path, reason: reason)
  }

  /// Compressed bytes read so far.
  var bytesRead: Int { Int(archive_filter_bytes(handle, -1)) }

  /// Whether the current entry is the content of a compressed file.
  var isRaw: Bool { archive_format(handle) == ARCHIVE_FORMAT_RAW }

  /// Calls `body` with each file of the archive in order; its stream ends when `body` returns.
  ///
  /// - Throws: `IngestError.damagedArchive`, and what `body` throws.
  func forEachEntry(_ body: (Entry) throws -> Void) throws { try forEachEntry(depth: 0, under: "", body) }

  private func forEachEntry(depth: Int, under folder: String, _ body: (Entry) throws -> Void) throws {
    while true {
      var entry: OpaquePointer?
      let status = Self.withUTF8Names { archive_read_next_header(handle, &entry) }
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw failure() }
      if archive_entry_filetype(entry) != 0o100000 && archive_entry_filetype(entry) != 0 { continue }
      if archive_entry_is_encrypted(entry) != 0 { throw IngestError.foreignContent(path: path, .lockedArchive) }
      let inner = isRaw ? Self.uncompressedName(path) : Self.name(of: entry)
      guard !Self.isHidden(inner) else { continue }
      let name = folder.isEmpty ? inner : "\(folder)/\(inner)"
      let stream = ByteStream(read: { [self] in try read(into: $0) })
      if depth < Self.maximumDepth, Self.mayBeArchive(inner) {
        let head = try stream.head(Self.signatureLength)
        if let kind = Self.kind(of: head) {
          let nested = try Archive(path: "\(path)/\(inner)", kind: kind, head: head, rest: stream)
          let parent = name.split(separator: "/").dropLast().joined(separator: "/")
          try nested.forEachEntry(depth: depth + 1, under: parent, body)
        }
        continue
      }
      try body(Entry(path: name, stream: stream))
    }
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
    if count < 0 { throw failure() }
    return count
  }

  private static func name(of entry: OpaquePointer) -> String {
    withUTF8Names {
      let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
      // Some programs write Windows separators, and none uses them in names.
      return name.map { String(cString: $0).replacing("\\", with: "/") } ?? "unnamed"
    }
  }

  /// Calls `body` with a UTF-8 locale, for non-ASCII names: libarchive uses the thread's locale.
  private static func withUTF8Names<Result>(_ body: () -> Result) -> Result {
    let before = uselocale(utf8Locale.handle)
    defer { uselocale(before) }
    return body()
  }

  private static let utf8Locale = UTF8Locale()

  /// The last component of `path` without its compression extension.
  static func uncompressedName(_ path: String) -> String {
    let base = path.split(separator: "/").last.map(String.init) ?? path
    let lower = base.lowercased()
    for ending in [".gz", ".bz2", ".xz", ".zst", ".lz4", ".z"] where lower.hasSuffix(ending) && lower != ending {
      return String(base.dropLast(ending.count))
    }
    return base
  }

  private static func mayBeArchive(_ name: String) -> Bool {
    let lower = name.lowercased()
    return [".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst"].contains { lower.hasSuffix($0) }
  }

  /// Files that systems leave in archives: `__MACOSX/…`, `.DS_Store`, `._ratings.csv`.
  static func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").contains { $0 == "__MACOSX" || ($0.hasPrefix(".") && $0 != "." && $0 != "..") }
  }
}

/// The C.UTF-8 locale; the process's locale if the system does not have it.
private struct UTF8Locale: @unchecked Sendable {
  // Created once and never changed or freed.
  let handle = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
}

/// Passes the bytes of an entry to the archive within it.
private final class Feed {
  private var head: [UInt8]
  private let rest: ByteStream
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
  private(set) var failure: (any Error)?

  init(head: [UInt8], rest: ByteStream) {
    self.head = head
    self.rest = rest
  }

  deinit { buffer.deallocate() }

  /// The next bytes, for libarchive; 0 is the end, below 0 a failure.
  func next(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>, _ handle: OpaquePointer?) -> Int {
    bytes.pointee = UnsafeRawPointer(buffer.baseAddress)
    if !head.isEmpty {
      buffer.copyBytes(from: head)
      defer { head = [] }
      return head.count
    }
    do {
      return try rest.read(buffer)
    } catch {
      failure = error
      return -1
    }
  }
}
