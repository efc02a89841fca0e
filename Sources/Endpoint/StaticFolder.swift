#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder that is served, opened anew for each request. It may itself be a link; links inside it are not followed.
struct StaticFolder: Sendable {
  let path: String

  enum Entry {
    /// - compressed: the form that a build left beside it.
    case file(OpenFile, compressed: OpenFile?)
    /// A folder with an `index.html`, asked for without the slash at the end.
    case folder
  }

  /// The system cannot say at this moment what a path names.
  struct Unavailable: Error {
    let code: Int32
  }

  var exists: Bool { (try? root()) != nil }

  private func root() throws(Unavailable) -> OpenFile? {
    try OpenFile.opened(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  /// What `path` names; nil for nothing, for folders without an index, and for what is neither file nor folder.
  ///
  /// - Parameter takesGzip: whether the asker can read compressed files.
  /// - Throws: `Unavailable` where that is not known: it says nothing about the site.
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

  /// Where an answer to `path` lies, for `FileVersion(path:)`.
  func location(of path: SitePath) -> String {
    (CollectionOfOne(self.path) + path.parts + (path.isFolder ? ["index.html"] : [])).joined(separator: "/")
  }

  /// The page for what is not there.
  var notFoundPage: OpenFile? {
    guard let page = try? root()?.child("404.html"), page.kind == S_IFREG else { return nil }
    return page
  }
}

/// What tells one version of a file from every other.
struct FileVersion: Equatable {
  let device: UInt64
  let inode: UInt64
  let size: Int
  /// The last change of the content: seconds since 1970 and nanoseconds.
  let seconds: Int
  let nanoseconds: Int

  fileprivate init(_ status: stat) {
    (device, inode, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int(status.st_size))
    #if canImport(Darwin)
      (seconds, nanoseconds) = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
    #else
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    #endif
  }

  /// Nil where nothing is there. A link is not followed.
  init?(path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// An open file or folder, closed when nobody holds it any more.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// `S_IFREG`, `S_IFDIR`, …
  let kind: mode_t
  let stamp: FileVersion

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
    stamp = FileVersion(status)
  }

  var size: Int { stamp.size }

  deinit { close(descriptor) }

  /// An entry of this folder. O_NONBLOCK: opening a pipe must not wait for somebody who writes into it.
  func child(_ name: String) throws(StaticFolder.Unavailable) -> OpenFile? {
    try Self.opened(openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
  }

  /// - Parameter descriptor: what open(2) gave; where it failed, `errno` says whether something is there.
  fileprivate static func opened(_ descriptor: Int32) throws(StaticFolder.Unavailable) -> OpenFile? {
    if descriptor < 0, [EMFILE, ENFILE, ENOMEM, EIO, EINTR, EAGAIN].contains(errno) {
      throw StaticFolder.Unavailable(code: errno)
    }
    return OpenFile(descriptor)
  }

  /// The compressed form of an entry of this folder. One that is older than its file is not of this file.
  fileprivate func compressed(_ name: String, of file: OpenFile) throws(StaticFolder.Unavailable) -> OpenFile? {
    guard let other = try child(name + ".gz"), other.kind == S_IFREG,
      (other.stamp.seconds, other.stamp.nanoseconds) >= (file.stamp.seconds, file.stamp.nanoseconds)
    else { return nil }
    return other
  }

  /// The bytes of `range`, fewer where the file has become shorter.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    let count = pread(descriptor, &bytes, range.count, off_t(range.lowerBound))
    if count < range.count { bytes.removeLast(range.count - max(0, count)) }
    return bytes
  }
}
