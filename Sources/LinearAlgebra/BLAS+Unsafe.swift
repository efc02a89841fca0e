// Unsafe: hands pointers to the C interface of BLAS.

/// Products of row-major `Float` matrices.
///
/// Every call runs on the calling thread. Its bits depend on the shapes and the processor, not on how many threads
/// call at once. Sizes may be 0.
extension BLAS {
  /// A row-major matrix in memory, read as it is or transposed.
  public struct Operand {
    let base: UnsafePointer<Float>
    let stride: Int
    let isTransposed: Bool

    /// The element of the matrix as it is read.
    subscript(row: Int, column: Int) -> Float {
      isTransposed ? base[column * stride + row] : base[row * stride + column]
    }

    /// - Parameter stride: floats from row to row in memory.
    public init(_ base: UnsafePointer<Float>, stride: Int, transposed: Bool = false) {
      self.base = base
      self.stride = stride
      isTransposed = transposed
    }
  }

  /// C = alpha A B + beta C for C of `rows` x `columns` with `stride` floats from row to row; `depth` is the length of
  /// the sums.
  public static func multiply(
    _ a: Operand, by b: Operand, into c: UnsafeMutablePointer<Float>, stride: Int,
    rows: Int, columns: Int, depth: Int, alpha: Float = 1, beta: Float = 0
  ) {
    guard rows > 0, columns > 0 else { return }
    guard let library = OpenBLAS.found else {
      return PlainProducts.multiply(
        a, by: b, into: c, stride: stride, rows: rows, columns: columns, depth: depth, alpha: alpha, beta: beta)
    }
    library.sgemm(
      OpenBLAS.rowMajor, a.isTransposed ? OpenBLAS.transposed : OpenBLAS.asItStands,
      b.isTransposed ? OpenBLAS.transposed : OpenBLAS.asItStands, Int32(rows), Int32(columns), Int32(depth), alpha,
      a.base, Int32(a.stride), b.base, Int32(b.stride), beta, c, Int32(stride))
  }

  /// The upper triangle of C = alpha A'A + beta C for A of `rows` x `columns`, C of `columns` x `columns`.
  public static func gram(
    of a: UnsafePointer<Float>, rows: Int, columns: Int, stride strideA: Int,
    into c: UnsafeMutablePointer<Float>, stride strideC: Int, alpha: Float = 1, beta: Float = 0
  ) {
    guard columns > 0 else { return }
    guard let library = OpenBLAS.found else {
      return PlainProducts.gram(
        of: a, rows: rows, columns: columns, stride: strideA, into: c, stride: strideC, alpha: alpha, beta: beta)
    }
    library.ssyrk(
      OpenBLAS.rowMajor, OpenBLAS.upper, OpenBLAS.transposed, Int32(columns), Int32(rows), alpha, a, Int32(strideA),
      beta, c, Int32(strideC))
  }
}
