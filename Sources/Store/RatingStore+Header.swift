#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RatingStore {
  /// Whether the file at `path` is a database of this project, by the first bytes alone.
  package static func isDatabase(_ path: String) -> Bool {
    // https://www.sqlite.org/fileformat.html#the_database_header
    let header = firstBytes(72, of: path)
    guard header.count == 72, header.starts(with: Array("SQLite format 3\0".utf8)) else { return false }
    return header[68..<72].reduce(0 as UInt32) { $0 << 8 | UInt32($1) } == UInt32(Schema.applicationID)
  }

  private static func firstBytes(_ count: Int, of path: String) -> [UInt8] {
    // O_NONBLOCK: a pipe of that name must not make us wait for somebody to write into it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(descriptor, &bytes, count, 0)
    return Array(bytes.prefix(max(0, read)))
  }
}
