import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The served folder, opened again for each request. It may itself be a link; links inside it are not followed.
struct StaticFolder: Sendable {
  let path: String

  enum Entry {
    /// - compressed: the compressed copy from the build.
    case file(OpenFile, compressed: OpenFile?)
    /// A folder with an `index.html`, requested without a trailing slash.
    case folder
  }

  /// The system cannot resolve a path at the moment.
  struct Unavailable: Error {
    let code: Int32
  }

  var exists: Bool { (try? root()) != nil }

  private func root() throws(Unavailable) -> OpenFile? {
    try OpenFile.opened(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  /// The entry at `path`; nil if missing, for folders without an index, and for special files.
  ///
  /// - Parameter takesGzip: whether the client accepts compressed files.
  /// - Throws: `Unavailable` if that is unknown: it says nothing about the site.
  func entry(at path: SitePath, takesGzip: Bool) throws(Unavailable) -> Entry? {
    guard var folder = try root() else { return nil }
    var name = "index.html"
    for (position, part) in path.parts.enumerated() {
      if position == path.parts.count - 1, !path.isFolder {
        name = part
      } else {
        guard let next = try folder.child(part), next.kind == S_IFDIR else { return nil }
        folder = next
      }
    }
    guard let file = try folder.child(name) else { return nil }
    switch file.kind {
    case S_IFREG:
      return .file(file, compressed: takesGzip ? try folder.compressed(name, of: file) : nil)
    case S_IFDIR where !path.isFolder:
      return try file.child("index.html")?.kind == S_IFREG ? .folder : nil
    default: return nil
    }
  }

  /// The page for missing files.
  var notFoundPage: OpenFile? {
    guard let page = try? root()?.child("404.html"), page.kind == S_IFREG else { return nil }
    return page
  }
}

/// An open file or folder, closed with its last reference.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// `S_IFREG`, `S_IFDIR`, …
  let kind: mode_t
  let stamp: FileStamp

  /// Takes over `descriptor`; nil if it is negative.
  fileprivate init?(_ descriptor: Int32) {
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    kind = status.st_mode & S_IFMT
    stamp = FileStamp(status)
  }

  var size: Int { stamp.size }

  deinit { close(descriptor) }

  /// An entry of this folder. O_NONBLOCK: opening a pipe must not wait for a writer.
  func child(_ name: String) throws(StaticFolder.Unavailable) -> OpenFile? {
    try Self.opened(openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
  }

  /// - Parameter descriptor: the result of open(2); if it failed, `errno` says whether something exists.
  fileprivate static func opened(_ descriptor: Int32) throws(StaticFolder.Unavailable) -> OpenFile? {
    if descriptor < 0, [EMFILE, ENFILE, ENOMEM, EIO, EINTR, EAGAIN].contains(errno) {
      throw StaticFolder.Unavailable(code: errno)
    }
    return OpenFile(descriptor)
  }

  /// The compressed copy of an entry of this folder. One that is older than its file is stale.
  fileprivate func compressed(_ name: String, of file: OpenFile) throws(StaticFolder.Unavailable) -> OpenFile? {
    guard let other = try child(name + ".gz"), other.kind == S_IFREG,
      other.stamp.modified >= file.stamp.modified
    else { return nil }
    return other
  }

  /// The bytes of `range`, fewer if the file has become shorter.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    let count = pread(descriptor, &bytes, range.count, off_t(range.lowerBound))
    if count < range.count { bytes.removeLast(range.count - max(0, count)) }
    return bytes
  }
}
