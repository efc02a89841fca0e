/// Products of matrices by the system's BLAS library.
public enum BLAS {
  /// The name of the kernels in use, such as "SkylakeX"; the last bits of products depend on it. Nil where there is no
  /// library.
  public static var kernelName: String? { OpenBLAS.found?.kernelName }

  /// Loads the library, if that was not done before: models and what is worked out from them need it, and where it is missing
  /// the first product would end the program.
  ///
  /// - Throws: `LinearAlgebraError.libraryMissing`.
  public static func load() throws(LinearAlgebraError) { if OpenBLAS.found == nil { throw .libraryMissing } }
}
