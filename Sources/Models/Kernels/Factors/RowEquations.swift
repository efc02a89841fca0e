import BinaryFiles
import LinearAlgebra

/// Everything that the normal equations of one row (a user's or a movie's factors and bias) take from elsewhere.
///
/// For a row with ratings z_j of the other side's rows (y_j, 1), b_j the unknowns x = (factors, bias) solve
///
///     (Σ_j [(y_j, 1)(y_j, 1)' + diag(var y_j)] + w Γ + diag(ridge)) x = Σ_j [(y_j, 1)(z_j − b_j) + w (g_j, 0)]
///
/// where g_j are the implicit factors, Γ = Σ_j g_j g_j' over all rows of the other side, and ridge = prior precision / τ.
struct RowEquations: Sendable, Equatable {
  let others: StoredFactorRows
  /// The other side's implicit factors, in the layout of its means; no rows where `implicitWeight` is 0.
  let implicit: StoredMatrix
  /// w Γ, stride x stride.
  let implicitGram: Matrix
  /// w: the weight of the implicit part over τ.
  let implicitWeight: Float
  /// One for each unknown, `stride` long; 0 beyond.
  let ridge: [Float]
  /// Precision τ of a rating, in units of the ratings' own.
  let precision: Float

  var unknownCount: Int { others.factorCount + 1 }
  var stride: Int { others.stride }

  func save(to writer: inout BinaryWriter) {
    writer.write(Int64(others.factorCount))
    others.save(to: &writer)
    writer.write(implicitWeight)
    implicit.save(to: &writer)
    writer.write(implicitGram.values)
    writer.write(ridge)
    writer.write(precision)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let factorCount = try reader.readCount(in: 1...FactorRows.maximumFactorCount)
    others = try StoredFactorRows(from: &reader, factorCount: factorCount)
    implicitWeight = try reader.readFinite()
    guard implicitWeight >= 0 else { throw .damaged }
    let stride = others.stride
    implicit = try StoredMatrix(from: &reader, rows: implicitWeight > 0 ? others.rowCount : 0, columns: stride)
    implicitGram = Matrix(rows: stride, columns: stride, values: try reader.readFiniteArray(count: stride * stride))
    ridge = try reader.readFiniteArray(count: stride)
    precision = try reader.readFinite()
    guard precision > 0, ridge.allSatisfy({ $0 >= 0 }) else { throw .damaged }
  }

  init(
    others: FactorRows, implicit: Matrix, implicitGram: Matrix, implicitWeight: Float, ridge: [Float],
    precision: Float
  ) {
    self.others = StoredFactorRows(others)
    self.implicit = StoredMatrix(implicit)
    self.implicitGram = implicitGram
    self.implicitWeight = implicitWeight
    self.ridge = ridge
    self.precision = precision
  }
}

extension FactorRows {
  /// The most factors that a model may have.
  static var maximumFactorCount: Int { 62 }
}
