// Unsafe: holds SQLite's handles. A statement is finalized once, before its connection closes; texts are copied by SQLite while they are
// borrowed (SQLITE_TRANSIENT), and columns are read before the next step.

import GRDB
import GRDBSQLite

/// A prepared statement through SQLite's C interface, for the tables with millions of rows.
///
/// It spares the boxing of each value, and keeps texts with a NUL in them whole. Parameters and columns are counted
/// from 0.
struct RawStatement: ~Copyable {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ sql: String, in db: Database) throws {
    guard let connection = db.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
    }
    var handle: OpaquePointer?
    guard sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil) == SQLITE_OK,
      let handle
    else { throw Self.error(of: connection, sql: sql) }
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  private static func error(of connection: OpaquePointer, sql: String?) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)), sql: sql)
  }

  /// Goes to the next row; false, and ready for new parameters, when there is none.
  func next() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    default:
      let error = Self.error(of: connection, sql: nil)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Makes the statement ready for new parameters before its last row was read.
  func reset() { sqlite3_reset(handle) }

  /// Whether there is a row; the statement is ready for new parameters then.
  func hasRow() throws -> Bool {
    defer { reset() }
    return try next()
  }

  /// Runs a statement without rows.
  func run() throws { while try next() {} }
}

extension RawStatement {
  func bind(_ number: Int64, at parameter: Int32) { sqlite3_bind_int64(handle, parameter + 1, number) }

  func bind(_ number: Int32, at parameter: Int32) { bind(Int64(number), at: parameter) }

  func bind(_ number: Int?, at parameter: Int32) {
    if let number { bind(Int64(number), at: parameter) } else { sqlite3_bind_null(handle, parameter + 1) }
  }

  func bind(_ number: Float, at parameter: Int32) { sqlite3_bind_double(handle, parameter + 1, Double(number)) }

  func bind(_ text: String?, at parameter: Int32) {
    guard var text else {
      sqlite3_bind_null(handle, parameter + 1)
      return
    }
    // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // The address of an empty text may be nil, which would bind NULL.
        _ = sqlite3_bind_text(
          handle, parameter + 1, characters.baseAddress ?? UnsafePointer(Self.empty), Int32(characters.count), transient
        )
      }
    }
  }

  nonisolated(unsafe) private static let empty: UnsafeMutablePointer<CChar> = {
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    pointer.initialize(to: 0)
    return pointer
  }()
}

extension RawStatement {
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  func isText(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_TEXT }

  func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func int32(_ column: Int32) -> Int32 { sqlite3_column_int(handle, column) }

  func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : Int(int64(column)) }

  func float(_ column: Int32) -> Float { Float(sqlite3_column_double(handle, column)) }

  func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(handle, column) else { return "" }
    return String(
      decoding: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
  }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
