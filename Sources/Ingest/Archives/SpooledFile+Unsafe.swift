// Unsafe: copies a stream through a buffer.

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of an archive that needs random access, or is read together with others: a copy on disk for the lifetime of this value.
final class SpooledFile: Sendable {
  let path: String
  /// Its name in messages: the archive and the entry.
  let name: String
  let size: Int

  /// - Parameter most: the maximum size in bytes.
  /// - Throws: `IngestError.unreadable` if the disk is full, and what the stream throws.
  init(_ stream: ByteStream, of entry: String, most: Int) throws {
    name = entry
    let folder = FileManager.default.temporaryDirectory.path
    path = "\(folder)/marquee-\(getpid())-\(UUID().uuidString)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw IngestError.unreadable(path: entry, reason: "a temporary file cannot be created")
    }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
    defer { buffer.deallocate() }
    var size = 0
    do {
      while true {
        let count = try stream.read(buffer)
        if count == 0 { break }
        if size + count > most {
          throw IngestError.unreadable(
            path: entry, reason: "it unpacks to far more than the archive has; unpack it first")
        }
        var written = 0
        while written < count {
          let more = write(descriptor, buffer.baseAddress?.advanced(by: written), count - written)
          guard more > 0 else {
            throw IngestError.unreadable(path: entry, reason: "there is no space for a temporary copy")
          }
          written += more
        }
        size += count
      }
    } catch {
      unlink(path)
      throw error
    }
    self.size = size
  }

  deinit { unlink(path) }
}
