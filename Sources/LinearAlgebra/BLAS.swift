/// Products of matrices by the system's BLAS library.
public enum BLAS {
  /// The name of the kernels in use, such as "SkylakeX": what the last bits of products depend on.
  public static var kernelName: String { OpenBLAS.loaded.kernelName }
}
