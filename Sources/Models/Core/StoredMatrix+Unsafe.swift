// Unsafe: hands out numbers where they lie.

import BinaryFiles
import LinearAlgebra

/// A large matrix of a model: in memory of its own once it was fitted, where the file has it once it was read. A file that is
/// mapped is in memory once, for however many processes.
struct StoredMatrix: Sendable {
  private enum Numbers: Sendable {
    case own([Float])
    case stored(StoredArray<Float>)
  }

  let rows: Int
  let columns: Int
  private let numbers: Numbers

  init(_ matrix: Matrix) {
    rows = matrix.rows
    columns = matrix.columns
    numbers = .own(matrix.values)
  }

  /// The numbers, row after row.
  func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    switch numbers {
    case .own(let numbers): try numbers.withUnsafeBufferPointer(body)
    case .stored(let numbers): try numbers.withUnsafeBufferPointer(body)
    }
  }

  subscript(row row: Int) -> [Float] {
    withUnsafeBufferPointer { [Float]($0[row * columns..<(row + 1) * columns]) }
  }

  /// The numbers from the upper left to the lower right.
  var diagonal: [Float] {
    withUnsafeBufferPointer { numbers in (0..<min(rows, columns)).map { numbers[$0 * columns + $0] } }
  }

  func save(to writer: inout BinaryWriter) {
    switch numbers {
    case .own(let numbers): writer.writeAligned(numbers)
    case .stored(let numbers): writer.writeAligned(numbers)
    }
  }

  /// - Throws: `BinaryFileError.damaged` where there are more or fewer numbers, or some are not finite.
  init(from reader: inout BinaryReader, rows: Int, columns: Int) throws(BinaryFileError) {
    let stored = try reader.readAligned(Float.self)
    guard stored.count == rows * columns, stored.withUnsafeBufferPointer({ $0.allSatisfy(\.isFinite) }) else {
      throw .damaged
    }
    self.rows = rows
    self.columns = columns
    numbers = .stored(stored)
  }
}

extension StoredMatrix: Equatable {
  static func == (one: StoredMatrix, other: StoredMatrix) -> Bool {
    one.rows == other.rows && one.columns == other.columns
      && one.withUnsafeBufferPointer { one in other.withUnsafeBufferPointer { one.elementsEqual($0) } }
  }
}
