/// Products of matrices by the system's BLAS library.
public enum BLAS {
  /// The name of the kernels in use, such as "SkylakeX"; the last bits of products depend on it. Nil where there is no
  /// library.
  public static var kernelName: String? { OpenBLAS.found?.kernelName }

  /// Loads the library, if that was not done before. Without it products are computed by plain loops, which takes many times as
  /// long and rounds differently: whoever does not want that asks here first, as the program does.
  ///
  /// - Throws: `LinearAlgebraError.libraryMissing`.
  public static func load() throws(LinearAlgebraError) { if OpenBLAS.found == nil { throw .libraryMissing } }
}
