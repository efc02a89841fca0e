// Unsafe: hands pointers to the C interface of BLAS and LAPACK.

import COpenBLAS

/// Products, factorizations and inverses of row-major `Float` matrices.
///
/// Every call runs on the calling thread. Its bits depend on the shapes and the processor, not on how many threads
/// call at once. Sizes may be 0.
extension BLAS {
  /// A row-major matrix in memory, read as it stands or as its transpose.
  public struct Operand {
    let base: UnsafePointer<Float>
    let stride: Int
    let isTransposed: Bool

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
    useOneThread()
    cblas_sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
      Int32(rows), Int32(columns), Int32(depth), alpha, a.base, Int32(a.stride), b.base, Int32(b.stride), beta, c,
      Int32(stride))
  }

  /// The upper triangle of C = alpha A'A + beta C for A of `rows` x `columns`, C of `columns` x `columns`.
  public static func gram(
    of a: UnsafePointer<Float>, rows: Int, columns: Int, stride strideA: Int,
    into c: UnsafeMutablePointer<Float>, stride strideC: Int, alpha: Float = 1, beta: Float = 0
  ) {
    guard columns > 0 else { return }
    useOneThread()
    cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasTrans, Int32(columns), Int32(rows), alpha, a, Int32(strideA), beta, c,
      Int32(strideC))
  }

  /// The upper triangle of C = alpha A A' + beta C for A of `rows` x `columns`, C of `rows` x `rows`.
  public static func outerGram(
    of a: UnsafePointer<Float>, rows: Int, columns: Int, stride strideA: Int,
    into c: UnsafeMutablePointer<Float>, stride strideC: Int, alpha: Float = 1, beta: Float = 0
  ) {
    guard rows > 0 else { return }
    useOneThread()
    cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasNoTrans, Int32(rows), Int32(columns), alpha, a, Int32(strideA), beta, c,
      Int32(strideC))
  }

  /// Overwrites the upper triangle of a symmetric matrix A by U with U'U = A.
  ///
  /// - Returns: whether A is positive definite; if not, its contents are undefined.
  public static func factorize(_ matrix: UnsafeMutablePointer<Float>, count: Int) -> Bool {
    guard count > 0 else { return true }
    useOneThread()
    // LAPACK sees the transpose: the upper triangle by rows is its lower one by columns.
    var size = Int32(count)
    var info: Int32 = 0
    spotrf_("L", &size, matrix, &size, &info)
    return info == 0
  }

  /// Overwrites B, `count` x `columns`, by the solution X of U'X = B for the upper triangle U.
  public static func solveTransposed(
    _ factor: UnsafePointer<Float>, count: Int, _ b: UnsafeMutablePointer<Float>, columns: Int
  ) {
    guard count > 0, columns > 0 else { return }
    useOneThread()
    cblas_strsm(
      CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, Int32(count), Int32(columns), 1, factor,
      Int32(count), b, Int32(columns))
  }

  /// Overwrites the upper triangle U by that of the inverse of U'U.
  public static func invert(factor: UnsafeMutablePointer<Float>, count: Int) {
    guard count > 0 else { return }
    useOneThread()
    var size = Int32(count)
    var info: Int32 = 0
    spotri_("L", &size, factor, &size, &info)
  }
}
