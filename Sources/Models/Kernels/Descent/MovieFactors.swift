import BinaryFiles
import LinearAlgebra
import Ratings

/// The movies' side of a factorization, laid out so that a score is one product with a profile's vector.
///
///     row of a movie:       factor 0 … factor k−1 | 1                | bias | 0 … up to a multiple of 8
///     vector of a profile:  σ t_0 … σ t_k−1       | mean + σ b_user  | σ    | 0 …
///
/// Rows are in units of the ratings' standard deviation σ, products in stars.
struct MovieFactors: Sendable, Equatable {
  let factorCount: Int
  /// Movies x stride.
  var rows: Matrix

  /// Floats from row to row.
  var stride: Int { rows.columns }
  var movieCount: Int { rows.rows }
  /// The position of the constant 1, and in a vector of the user's baseline.
  var onePlace: Int { factorCount }
  var biasPlace: Int { factorCount + 1 }

  static func stride(factorCount: Int) -> Int { (factorCount + 2 + 7) & ~7 }

  init(factorCount: Int, rows: Matrix) {
    self.factorCount = factorCount
    self.rows = rows
  }

  /// The vector of a profile with taste `solution` (k factors, then the user's bias), in units of `deviation`.
  func vector(of solution: [Float], mean: Float, deviation: Float) -> [Float] {
    var vector = [Float](repeating: 0, count: stride)
    for factor in 0..<factorCount { vector[factor] = deviation * solution[factor] }
    vector[onePlace] = mean + deviation * solution[factorCount]
    vector[biasPlace] = deviation
    return vector
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(Int64(factorCount))
    writer.write(rows.values)
  }

  init(from reader: inout BinaryReader, maximumFactorCount: Int) throws(BinaryFileError) {
    factorCount = try reader.readCount(in: 1...maximumFactorCount)
    let values = try reader.readFiniteArray()
    let stride = Self.stride(factorCount: factorCount)
    guard values.count % stride == 0 else { throw .damaged }
    rows = Matrix(rows: values.count / stride, columns: stride, values: values)
  }
}
