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

/// A file of an archive that has to be read from any place, or together with others: a copy on disk, for as long as this lives.
final class SpooledFile: Sendable {
  let path: String
  /// What people know it by: the archive and the entry.
  let name: String
  let size: Int

  /// - Parameter most: how many bytes it may take.
  /// - Throws: `IngestError.unreadable` where there is no room, and what the stream throws.
  init(_ stream: ByteStream, of entry: String, most: Int) throws {
    name = entry
    let folder = FileManager.default.temporaryDirectory.path
    path = "\(folder)/marquee-\(getpid())-\(UUID().uuidString)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw IngestError.unreadable(path: entry, reason: "no temporary file can be made") }
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
            throw IngestError.unreadable(path: entry, reason: "there is no room for a temporary copy")
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
