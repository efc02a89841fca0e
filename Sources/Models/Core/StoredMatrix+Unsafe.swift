// Unsafe: hands out numbers where they lie.

import BinaryFiles
public import LinearAlgebra

/// A large matrix of a model: in memory of its own once it was fitted, where the file has it once it was read. A file that is
/// mapped is in memory once, for however many processes.
public struct StoredMatrix: Sendable {
  private enum Numbers: Sendable {
    case own([Float])
    case stored(StoredArray<Float>)
  }

  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  private let numbers: Numbers

  /// A matrix in memory of its own.
  public init(_ matrix: Matrix) {
    rows = matrix.rows
    columns = matrix.columns
    numbers = .own(matrix.values)
  }

  /// The numbers, row after row.
  public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result
  {
    switch numbers {
    case .own(let numbers): try numbers.withUnsafeBufferPointer(body)
    case .stored(let numbers): try numbers.withUnsafeBufferPointer(body)
    }
  }

  subscript(row: Int, column: Int) -> Float {
    precondition((0..<columns).contains(column), "no such column")
    return withUnsafeBufferPointer { $0[row * columns + column] }
  }

  subscript(row row: Int) -> [Float] {
    withUnsafeBufferPointer { [Float]($0[row * columns..<(row + 1) * columns]) }
  }

  /// The same numbers in memory of their own.
  func copy() -> Matrix {
    switch numbers {
    case .own(let values): Matrix(rows: rows, columns: columns, values: values)
    case .stored: Matrix(rows: rows, columns: columns, values: withUnsafeBufferPointer { Array($0) })
    }
  }

  func allSatisfy(_ predicate: (Float) -> Bool) -> Bool { withUnsafeBufferPointer { $0.allSatisfy(predicate) } }

  /// The numbers from the upper left to the lower right.
  var diagonal: [Float] {
    withUnsafeBufferPointer { numbers in (0..<min(rows, columns)).map { numbers[$0 * columns + $0] } }
  }

  /// A matrix without rows.
  init(columns: Int) { self.init(Matrix(rows: 0, columns: columns)) }

  func save(to writer: inout BinaryWriter) {
    switch numbers {
    case .own(let numbers): writer.writeAligned(numbers)
    case .stored(let numbers): writer.writeAligned(numbers)
    }
  }

  /// As many rows as the file has.
  ///
  /// - Throws: `BinaryFileError.damaged` where the last row is cut short, or some numbers are not finite.
  init(from reader: inout BinaryReader, columns: Int) throws(BinaryFileError) {
    let stored = try reader.readAligned(Float.self)
    guard stored.count.isMultiple(of: columns), stored.withUnsafeBufferPointer({ $0.allSatisfy(\.isFinite) }) else {
      throw .damaged
    }
    rows = columns == 0 ? 0 : stored.count / columns
    self.columns = columns
    numbers = .stored(stored)
  }

  /// - Throws: `BinaryFileError.damaged` where there are more or fewer rows, too.
  init(from reader: inout BinaryReader, rows: Int, columns: Int) throws(BinaryFileError) {
    try self.init(from: &reader, columns: columns)
    guard self.rows == rows else { throw .damaged }
  }
}

extension StoredMatrix: Equatable {
  public static func == (one: StoredMatrix, other: StoredMatrix) -> Bool {
    one.rows == other.rows && one.columns == other.columns
      && one.withUnsafeBufferPointer { one in other.withUnsafeBufferPointer { one.elementsEqual($0) } }
  }
}
