import BinaryFiles
import LinearAlgebra
import Ratings

/// The layout of a row of factors, such that the other side's regression can use it directly:
///
///     means:      factor 0 … factor k−1 | 1 | bias | 0 … up to a multiple of 8
///     variances:  of each factor        | 0 | of the bias | 0 …
protocol FactorLayout {
  var factorCount: Int { get }
}

extension FactorLayout {
  /// The position of the constant 1, and in a solution of the bias.
  var onePlace: Int { factorCount }
  var biasPlace: Int { factorCount + 1 }
  /// Floats from row to row.
  var stride: Int { FactorRows.stride(factorCount: factorCount) }
}

/// What a factorization knows of one side, users or movies, while it is fitted: for each row its factors, a one and its bias.
struct FactorRows: FactorLayout, Sendable, Equatable {
  let factorCount: Int
  var means: Matrix
  var variances: Matrix

  var rowCount: Int { means.rows }

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
}

/// Rows of a side that is fitted.
struct StoredFactorRows: FactorLayout, Sendable, Equatable {
  let factorCount: Int
  let means: StoredMatrix
  let variances: StoredMatrix

  var rowCount: Int { means.rows }

  init(_ rows: FactorRows) {
    factorCount = rows.factorCount
    means = StoredMatrix(rows.means)
    variances = StoredMatrix(rows.variances)
  }

  func save(to writer: inout BinaryWriter) {
    means.save(to: &writer)
    variances.save(to: &writer)
  }

  /// Reads the rows of a side with `factorCount` factors.
  init(from reader: inout BinaryReader, factorCount: Int) throws(BinaryFileError) {
    let stride = FactorRows.stride(factorCount: factorCount)
    self.factorCount = factorCount
    means = try StoredMatrix(from: &reader, columns: stride)
    variances = try StoredMatrix(from: &reader, rows: means.rows, columns: stride)
    guard variances.allSatisfy({ $0 >= 0 }) else { throw .damaged }
  }
}
