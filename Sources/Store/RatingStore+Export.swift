import GRDB

/// One row of a table as a member may have it.
package struct ExportedRow: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    case nothing
    case integer(Int64)
    case real(Double)
    case text(String)
  }

  /// In the order of the table.
  package var columns: [(name: String, value: Value)]

  package static func == (left: ExportedRow, right: ExportedRow) -> Bool {
    left.columns.elementsEqual(right.columns) { $0.name == $1.name && $0.value == $1.value }
  }
}

extension RatingStore {
  /// Everything that the database holds of an account: all rows of all tables that refer to it or to its user, as the schema
  /// tells, and its own two. Movies and users are given by their ids in the data; secrets, which are kept as digests or
  /// hashes, are left out.
  ///
  /// - Returns: rows by table, by the table's name.
  package func export(ofAccount id: Int64) throws -> [(table: String, rows: [ExportedRow])] {
    try read { db in
      guard let user = try Int64.fetchOne(db, sql: "SELECT user FROM accounts WHERE id = ?", arguments: [id]) else {
        return []
      }
      var result: [(table: String, rows: [ExportedRow])] = []
      let tables = try String.fetchAll(
        db,
        sql:
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
      )
      for table in tables {
        let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_list(\(table))").map { row in
          (target: row["table"] as String, column: row["from"] as String)
        }
        var conditions = references.compactMap { reference -> String? in
          switch reference.target {
          case "users": "\(reference.column) = \(user)"
          case "accounts": "\(reference.column) = \(id)"
          default: nil
          }
        }
        if table == "users" { conditions.append("id = \(user)") }
        if table == "accounts" { conditions.append("id = \(id)") }
        guard !conditions.isEmpty else { continue }
        let names = Dictionary(
          references.filter { ["users", "movies"].contains($0.target) }.map { ($0.column, $0.target) }
        ) { first, _ in first }
        let columns = try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))").map { row in
          (name: row["name"] as String, type: (row["type"] as String).uppercased())
        }.filter { $0.type != "BLOB" && $0.name != "password" }
        let selected = columns.map { column in
          names[column.name].map { "(SELECT source_id FROM \($0) WHERE id = \(table).\(column.name))" } ?? column.name
        }
        let rows = try Row.fetchAll(
          db,
          sql: "SELECT \(selected.joined(separator: ", ")) FROM \(table) WHERE \(conditions.joined(separator: " OR "))")
        result.append(
          (
            table,
            rows.map { row in
              ExportedRow(columns: columns.enumerated().map { ($1.name, Self.value(row[$0])) })
            }
          ))
      }
      return result
    }
  }

  private static func value(_ value: DatabaseValue) -> ExportedRow.Value {
    switch value.storage {
    case .null, .blob: .nothing
    case .int64(let number): .integer(number)
    case .double(let number): .real(number)
    case .string(let text): .text(text)
    }
  }
}
