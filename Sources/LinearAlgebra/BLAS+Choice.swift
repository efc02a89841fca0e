import CFloatKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension BLAS {
  /// The kernels that compute products, known before the library is loaded: what `OPENBLAS_CORETYPE` says, otherwise
  /// those for the processor's vector units; "own" where the library chooses. Other kernels round the last bits differently.
  public static var chosenKernels: String {
    if let pinned = getenv("OPENBLAS_CORETYPE"), pinned.pointee != 0 { return String(cString: pinned).lowercased() }
    return OpenBLAS.kernels(vectorBits: Int(marquee_vector_bits()))?.lowercased() ?? "own"
  }
}
