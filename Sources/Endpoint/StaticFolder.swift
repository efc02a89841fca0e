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
    case file(OpenFile)
    /// A folder with an `index.html`, asked for without the slash at the end.
    case folder
  }

  var exists: Bool { root != nil }

  private var root: OpenFile? { OpenFile(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) }

  /// What `path` names; nil for nothing, for folders without an index, and for what is neither file nor folder.
  func entry(at path: SitePath) -> Entry? {
    guard var file = root else { return nil }
    for part in path.parts {
      guard file.kind == S_IFDIR, let next = file.child(part) else { return nil }
      file = next
    }
    switch file.kind {
    case S_IFREG where !path.isFolder: return .file(file)
    case S_IFDIR:
      guard let index = file.child("index.html"), index.kind == S_IFREG else { return nil }
      return path.isFolder ? .file(index) : .folder
    default: return nil
    }
  }

  /// The page for what is not there.
  var notFoundPage: OpenFile? {
    guard let page = root?.child("404.html"), page.kind == S_IFREG else { return nil }
    return page
  }
}

/// An open file or folder, closed when nobody holds it any more.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// `S_IFREG`, `S_IFDIR`, …
  let kind: mode_t
  let size: Int
  /// Whole seconds since 1970 and nanoseconds.
  let modified: (seconds: Int, nanoseconds: Int)

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
    size = Int(status.st_size)
    #if canImport(Darwin)
      modified = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
    #else
      modified = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    #endif
  }

  deinit { close(descriptor) }

  /// An entry of this folder. O_NONBLOCK: opening a pipe must not wait for somebody who writes into it.
  func child(_ name: String) -> OpenFile? {
    OpenFile(openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
  }

  /// The bytes of `range`, fewer where the file has become shorter.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    let count = pread(descriptor, &bytes, range.count, off_t(range.lowerBound))
    if count < range.count { bytes.removeLast(range.count - max(0, count)) }
    return bytes
  }
}
