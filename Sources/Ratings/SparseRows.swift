/// A sparse matrix by rows: row *r* has `values[k]` in column `columns[k]` for *k* in `offsets[r]..<offsets[r + 1]`.
///
/// Columns are ascending within a row. The same layout serves users x movies and, transposed, movies x users.
public struct SparseRows: Equatable, Sendable {
  /// `rowCount + 1` positions, starting at 0.
  public let offsets: [Int]
  /// The column of each entry, row after row.
  public let columns: [Int32]
  /// The value of each entry, likewise.
  public let values: [Float]
  /// The number of columns, empty ones too.
  public let columnCount: Int

  /// Entries row after row, columns rising within a row.
  public init(offsets: [Int], columns: [Int32], values: [Float], columnCount: Int) {
    precondition(columns.count == values.count && offsets.last == columns.count, "offsets must cover all entries")
    self.offsets = offsets
    self.columns = columns
    self.values = values
    self.columnCount = columnCount
  }

  /// The number of rows, empty ones too.
  public var rowCount: Int { offsets.count - 1 }
  /// The number of stored entries.
  public var entryCount: Int { columns.count }

  /// The positions of the entries of `row` in `columns` and `values`.
  @inlinable
  public func range(ofRow row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

  /// The number of entries in `row`.
  @inlinable
  public func count(ofRow row: Int) -> Int { offsets[row + 1] - offsets[row] }

  /// The position of the entry at (`row`, `column`), if it is stored. Complexity: O(log entries of the row).
  public func position(row: Int, column: Int32) -> Int? {
    var low = offsets[row]
    var high = offsets[row + 1]
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low < offsets[row + 1] && columns[low] == column ? low : nil
  }

  /// The transposed matrix. Complexity: O(entries + rows + columns).
  public func transposed() -> SparseRows {
    var starts = [Int](repeating: 0, count: columnCount + 1)
    for column in columns { starts[Int(column) + 1] += 1 }
    for column in 0..<columnCount { starts[column + 1] += starts[column] }
    let offsets = starts
    var turnedColumns = [Int32](repeating: 0, count: entryCount)
    var turnedValues = [Float](repeating: 0, count: entryCount)
    for row in 0..<rowCount {
      for position in range(ofRow: row) {
        let column = Int(columns[position])
        turnedColumns[starts[column]] = Int32(row)
        turnedValues[starts[column]] = values[position]
        starts[column] += 1
      }
    }
    return SparseRows(offsets: offsets, columns: turnedColumns, values: turnedValues, columnCount: rowCount)
  }
}
