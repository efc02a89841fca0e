/// Aligned columns for a terminal.
package struct TextTable: Sendable {
  package enum Alignment: Sendable {
    case left, right
  }

  private let columns: [Alignment]
  private var rows: [[String]] = []

  package init(columns: [Alignment]) { self.columns = columns }

  package mutating func add(_ row: [String]) {
    precondition(row.count == columns.count, "a row needs a text for each column")
    rows.append(row)
  }

  /// The rows, two spaces between columns, without spaces at the ends of lines.
  package var text: String {
    let widths = columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += (column == 0 ? "" : "  ") + (columns[column] == .right ? padding + cell : cell + padding)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
