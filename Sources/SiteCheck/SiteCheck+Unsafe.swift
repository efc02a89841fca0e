// Unsafe: reads files into arrays that begin uninitialized, never beyond their size, and names out of the system's records of folders before the next.

import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Folders and files through the system's own calls: listing and reading are half of a check's time.
extension SiteCheck {
  /// What lies in a folder.
  struct Listing {
    /// Relative to the folder.
    var files: [String] = []
    /// Symbolic links that are not followed: to folders, to nothing and out of the folder.
    var strayLinks: [String] = []

    init(_ folder: String) throws {
      guard let root = Self.realPath(folder), Self.mode(of: root, follows: true) == S_IFDIR else {
        throw SiteCheckError.noFolder(folder)
      }
      var waiting = [""]
      while let inner = waiting.popLast() {
        let path = inner.isEmpty ? root : "\(root)/\(inner)"
        guard let stream = opendir(path) else { throw SiteCheckError.unreadable(path: path, reason: Self.reason()) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
          let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
          }
          guard name != ".", name != ".." else { continue }
          let relative = inner.isEmpty ? name : "\(inner)/\(name)"
          switch Self.kind(entry.pointee.d_type, "\(path)/\(name)") {
          case S_IFDIR: waiting.append(relative)
          case S_IFREG: files.append(relative)
          case S_IFLNK:
            let target = Self.realPath("\(path)/\(name)")
            let isInside = target?.hasPrefix("\(root)/") ?? false
            if isInside, Self.mode(of: "\(path)/\(name)", follows: true) == S_IFREG {
              files.append(relative)
            } else {
              strayLinks.append(relative)
            }
          default: break
          }
        }
      }
    }

    private static func kind(_ type: UInt8, _ path: String) -> mode_t {
      switch Int(type) {
      case Int(DT_DIR): S_IFDIR
      case Int(DT_REG): S_IFREG
      case Int(DT_LNK): S_IFLNK
      default: mode(of: path, follows: false)
      }
    }

    private static func mode(of path: String, follows: Bool) -> mode_t {
      var status = stat()
      guard (follows ? stat(path, &status) : lstat(path, &status)) == 0 else { return 0 }
      return status.st_mode & S_IFMT
    }

    private static func realPath(_ path: String) -> String? {
      guard let real = realpath(path, nil) else { return nil }
      defer { free(real) }
      return String(cString: real)
    }

    static func reason() -> String { String(cString: strerror(errno)) }
  }

  /// All bytes of a file.
  static func read(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw SiteCheckError.unreadable(path: path, reason: Listing.reason()) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw SiteCheckError.unreadable(path: path, reason: Listing.reason()) }
    let size = Int(status.st_size)
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let got = SystemCalls.fill(UnsafeMutableRawBufferPointer(buffer), from: file)
      if got < 0 { failure = Listing.reason() }
      count = max(0, got)
    }
    if let failure { throw SiteCheckError.unreadable(path: path, reason: failure) }
    return bytes
  }
}
