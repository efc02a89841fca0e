import COpenBLAS

extension BLAS {
  /// The version of OpenBLAS and the processor that it chose its kernels for.
  public static var libraryDescription: String {
    String(cString: openblas_get_config()) + ", kernels for " + String(cString: openblas_get_corename())
  }
}
