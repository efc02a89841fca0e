import COpenBLAS

/// Settings of the BLAS library.
public enum BLAS {
  /// Keeps BLAS on the calling thread: Marquee's own loops are the only level of threads.
  public static func useOneThread() { once }

  private static let once: Void = openblas_set_num_threads(1)
}
