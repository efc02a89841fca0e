/// Products of matrices by the system's BLAS library.
public enum BLAS {
  /// The name of the kernels in use, such as "SkylakeX"; the last bits of products depend on it.
  public static var kernelName: String { OpenBLAS.loaded.kernelName }
}
