// Unsafe: reads the output of a program into buffers.

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

/// Parquet files, converted to text tables by an installed program.
package enum ParquetReader: Sendable {
  case duckDB
  case pyArrow

  /// The first installed program; nil if there is none.
  package static let installed: ParquetReader? = [.duckDB, .pyArrow].first { $0.isThere }

  package var name: String {
    switch self {
    case .duckDB: "DuckDB"
    case .pyArrow: "Python's pyarrow"
    }
  }

  private var isThere: Bool {
    switch self {
    case .duckDB: Self.succeeds("command -v duckdb")
    case .pyArrow: Self.succeeds("python3 -c 'import pyarrow.parquet, pyarrow.csv'")
    }
  }

  private static func succeeds(_ command: String) -> Bool {
    guard let output = popen("\(command) >/dev/null 2>&1", "r") else { return false }
    return pclose(output) == 0
  }

  /// The table in the file at `path` as a stream of CSV: memory does not grow with the file.
  ///
  /// - Parameter name: the file's name in messages.
  func stream(_ path: String, named name: String) throws -> ByteStream {
    let output = try Output(path: name, command: command(path))
    return ByteStream(read: { try output.read(into: $0) })
  }

  private func command(_ path: String) -> String {
    switch self {
    case .duckDB:
      let file = path.replacing("'", with: "''")
      return
        "duckdb -c \(Self.quoted("COPY (SELECT * FROM read_parquet('\(file)')) TO '/dev/stdout' (FORMAT csv, HEADER)"))"
    case .pyArrow: return "python3 -c \(Self.quoted(Self.script)) \(Self.quoted(path))"
    }
  }

  /// Nested columns are not needed for ratings, and cannot be written as text.
  private static let script = """
    import sys, pyarrow as a, pyarrow.csv as c, pyarrow.parquet as p
    f = p.ParquetFile(sys.argv[1])
    names = [x.name for x in f.schema_arrow if not a.types.is_nested(x.type)]
    w = None
    for b in f.iter_batches(columns=names):
        d = [x.dictionary_decode() if a.types.is_dictionary(x.type) else x for x in b.columns]
        b = a.RecordBatch.from_arrays(d, names=b.schema.names)
        w = w or c.CSVWriter(sys.stdout.buffer, b.schema)
        w.write_batch(b)
    w and w.close()
    """

  /// A shell-quoted word.
  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}

/// The output of a program.
private final class Output {
  private let path: String
  private var handle: UnsafeMutablePointer<FILE>?

  init(path: String, command: String) throws {
    self.path = path
    handle = popen("\(command) 2>/dev/null", "r")
    if handle == nil { throw IngestError.unreadable(path: path, reason: "a program could not be started") }
  }

  deinit { if let handle { pclose(handle) } }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let handle else { return 0 }
    let count = fread(buffer.baseAddress, 1, buffer.count, handle)
    if count == 0 {
      self.handle = nil
      if pclose(handle) != 0 { throw IngestError.unreadable(path: path, reason: "the Parquet file is damaged") }
    }
    return count
  }
}
