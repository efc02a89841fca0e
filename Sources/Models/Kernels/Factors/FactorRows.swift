import BinaryFiles
import LinearAlgebra
import Ratings

/// What a factorization knows of one side, users or movies: for each row its factors, a one and its bias.
///
/// The row is laid out so that the other side's regression can use it directly:
///
///     means:      factor 0 … factor k−1 | 1 | bias | 0 … up to a multiple of 8
///     variances:  of each factor        | 0 | of the bias | 0 …
struct FactorRows: Sendable, Equatable {
  let factorCount: Int
  var means: Matrix
  var variances: Matrix

  /// Floats from row to row.
  var stride: Int { means.columns }
  var rowCount: Int { means.rows }
  /// The position of the constant 1, and in a solution of the bias.
  var onePlace: Int { factorCount }
  var biasPlace: Int { factorCount + 1 }

  static func stride(factorCount: Int) -> Int { (factorCount + 2 + 7) & ~7 }

  /// Rows with random factors of standard deviation `spread` and bias 0, without variance.
  init(rows: Int, factorCount: Int, spread: Double, seed: UInt64, stream: UInt64) {
    self.factorCount = factorCount
    let stride = Self.stride(factorCount: factorCount)
    means = Matrix(rows: rows, columns: stride)
    variances = Matrix(rows: rows, columns: stride)
    for row in 0..<rows {
      var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(row))
      for factor in 0..<factorCount { means[row, factor] = Float(random.normalPair().0 * spread) }
      means[row, factorCount] = 1
    }
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(means.values)
    writer.write(variances.values)
  }

  /// Reads the rows of a side with `factorCount` factors.
  init(from reader: inout BinaryReader, factorCount: Int) throws(BinaryFileError) {
    let stride = Self.stride(factorCount: factorCount)
    let values = try reader.readFiniteArray()
    guard values.count % stride == 0 else { throw .damaged }
    self.factorCount = factorCount
    means = Matrix(rows: values.count / stride, columns: stride, values: values)
    variances = Matrix(
      rows: means.rows, columns: stride, values: try reader.readFiniteArray(count: values.count))
    guard variances.values.allSatisfy({ $0 >= 0 }) else { throw .damaged }
  }
}
