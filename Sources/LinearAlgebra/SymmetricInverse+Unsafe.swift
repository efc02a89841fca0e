// Unsafe: inverts a large matrix in the caller's memory, row blocks of it in parallel.

/// The inverse of a large symmetric positive definite matrix, computed only with matrix products.
///
/// Blockwise Gauss-Jordan elimination (the sweep operator, Goodnight 1979) in count³ multiplications, as many as
/// LAPACK's factorize-and-invert; but every step is one product that splits into row blocks for our own threads.
public enum SymmetricInverse {
  /// Rows that are eliminated at once, and rows that one thread updates at once.
  private static let panel = 128

  /// Overwrites the row-major `count` x `count` matrix A, of which the upper triangle counts, by A⁻¹, both triangles.
  ///
  /// Meant for well-conditioned matrices such as regularized Gram matrices. The bits do not depend on the number of
  /// threads. Memory besides the matrix: 2 x 128 x count.
  public static func invert(_ matrix: UnsafeMutablePointer<Float>, count: Int, threads: ThreadCount) {
    guard count > 0 else { return }
    let scratch = UnsafeMutablePointer<Float>.allocate(capacity: 2 * panel * (count + panel))
    defer { scratch.deallocate() }
    scratch.initialize(repeating: 0, count: 2 * panel * (count + panel))
    let row = scratch
    let scaled = row + panel * count
    let pivot = scaled + panel * count
    let inverse = pivot + panel * panel
    for start in stride(from: 0, to: count, by: panel) {
      let rows = start..<min(count, start + panel)
      copyRow(rows, of: matrix, count: count, to: row)
      invertPivot(rows, of: matrix, count: count, factor: pivot, into: inverse)
      BLAS.multiply(
        BLAS.Operand(inverse, stride: panel), by: BLAS.Operand(row, stride: count), into: scaled, stride: count,
        rows: rows.count, columns: count, depth: rows.count)
      eliminate(rows, from: matrix, count: count, row: row, scaled: scaled, threads: threads)
      replace(rows, of: matrix, count: count, scaled: scaled, inverse: inverse)
    }
    finish(matrix, count: count)
  }

  /// The block row `rows` of the symmetric matrix, left of the diagonal read from the column above it.
  private static func copyRow(
    _ rows: Range<Int>, of matrix: UnsafeMutablePointer<Float>, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    for column in 0..<rows.lowerBound {
      for row in rows { target[(row - rows.lowerBound) * count + column] = matrix[column * count + row] }
    }
    for row in rows {
      let place = target + (row - rows.lowerBound) * count
      for column in rows.lowerBound..<row { place[column] = matrix[column * count + row] }
      (place + row).update(from: matrix + row * count + row, count: count - row)
    }
  }

  /// The inverse of the diagonal block.
  private static func invertPivot(
    _ rows: Range<Int>, of matrix: UnsafeMutablePointer<Float>, count: Int, factor: UnsafeMutablePointer<Float>,
    into inverse: UnsafeMutablePointer<Float>
  ) {
    factor.update(repeating: 0, count: panel * panel)
    inverse.update(repeating: 0, count: panel * panel)
    for (place, row) in rows.enumerated() {
      (factor + place * panel + place).update(from: matrix + row * count + row, count: rows.upperBound - row)
    }
    SmallCholesky.factorize(factor, count: rows.count, stride: panel)
    for place in 0..<rows.count {
      inverse[place * panel + place] = 1
      SmallCholesky.solve(factor, count: rows.count, stride: panel, inverse + place * panel)
    }
  }

  /// A −= row' scaled, the upper triangle; what it does to the rows and columns of the pivot is replaced afterwards.
  private static func eliminate(
    _ rows: Range<Int>, from matrix: UnsafeMutablePointer<Float>, count: Int, row: UnsafeMutablePointer<Float>,
    scaled: UnsafeMutablePointer<Float>, threads: ThreadCount
  ) {
    let depth = rows.count
    let matrix = SharedMutableBuffer(UnsafeMutableBufferPointer(start: matrix, count: count * count))
    let row = SharedMutableBuffer(UnsafeMutableBufferPointer(start: row, count: panel * count))
    let scaled = SharedMutableBuffer(UnsafeMutableBufferPointer(start: scaled, count: panel * count))
    threads.forEachBlock(of: count, blockSize: panel) { block in
      let start = block.lowerBound
      guard let a = row.base.baseAddress, let b = scaled.base.baseAddress, let c = matrix.base.baseAddress else {
        return
      }
      BLAS.multiply(
        BLAS.Operand(a + start, stride: count, transposed: true), by: BLAS.Operand(b + start, stride: count),
        into: c + start * count + start, stride: count, rows: block.count, columns: count - start, depth: depth,
        alpha: -1, beta: 1)
    }
  }

  /// Puts the scaled row in place of the pivot's row and column, and minus its inverse in place of the pivot.
  private static func replace(
    _ rows: Range<Int>, of matrix: UnsafeMutablePointer<Float>, count: Int, scaled: UnsafeMutablePointer<Float>,
    inverse: UnsafeMutablePointer<Float>
  ) {
    for column in 0..<rows.lowerBound {
      for row in rows { matrix[column * count + row] = scaled[(row - rows.lowerBound) * count + column] }
    }
    for (place, row) in rows.enumerated() {
      for column in row..<rows.upperBound {
        matrix[row * count + column] = -inverse[place * panel + column - rows.lowerBound]
      }
      (matrix + row * count + rows.upperBound).update(
        from: scaled + place * count + rows.upperBound, count: count - rows.upperBound)
    }
  }

  /// The sweeps leave −A⁻¹: flips the sign and copies the upper triangle to the lower one, in tiles that fit the cache.
  private static func finish(_ matrix: UnsafeMutablePointer<Float>, count: Int) {
    for top in stride(from: 0, to: count, by: 64) {
      for left in stride(from: top, to: count, by: 64) {
        for row in top..<min(count, top + 64) {
          for column in max(left, row)..<max(left, row, min(count, left + 64)) {
            let value = -matrix[row * count + column]
            matrix[row * count + column] = value
            matrix[column * count + row] = value
          }
        }
      }
    }
  }
}
