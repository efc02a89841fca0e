// Unsafe: takes functions from a library that is loaded at run time.

import CFloatKernels
import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// OpenBLAS, loaded for the first product.
///
/// Loaded with dlopen, not by the linker, for two reasons. The library selects its kernels while it is loaded, by the processor
/// model, and falls back to those of 2004 for models newer than itself; so they are selected beforehand, by the
/// available vector units, which also makes the bits the same on all processors with the same units. And commands
/// without products start in a third of the time.
///
/// `OPENBLAS_CORETYPE` takes precedence if it is set. The library stays on the calling thread: Marquee's own loops are the
/// only level of threads.
struct OpenBLAS: Sendable {
  typealias Sgemm =
    @convention(c) @Sendable (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>?, Int32, UnsafePointer<Float>?, Int32,
      Float,
      UnsafeMutablePointer<Float>?, Int32
    ) -> Void
  typealias Ssyrk =
    @convention(c) @Sendable (
      Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>?, Int32, Float, UnsafeMutablePointer<Float>?, Int32
    ) -> Void

  // The numbers of cblas.h.
  static let rowMajor: Int32 = 101
  static let asItStands: Int32 = 111
  static let transposed: Int32 = 112
  static let upper: Int32 = 121

  let sgemm: Sgemm
  let ssyrk: Ssyrk
  let kernelName: String

  /// Nil where there is no such library.
  static let found = OpenBLAS(anyOf: paths)

  #if os(macOS)
    private static let paths = [
      "/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "/usr/local/opt/openblas/lib/libopenblas.dylib",
      "libopenblas.dylib",
    ]
  #else
    private static let paths = ["libopenblas.so.0", "libopenblas.so"]
  #endif

  init?(anyOf paths: [String]) {
    // Neither overwrites a value that is set.
    if let kernels = Self.kernels(vectorBits: Int(marquee_vector_bits())) { setenv("OPENBLAS_CORETYPE", kernels, 0) }
    setenv("OPENBLAS_NUM_THREADS", "1", 0)
    guard let library = DynamicLibrary(anyOf: paths, having: ["cblas_sgemm", "cblas_ssyrk"]),
      let sgemm = library.function("cblas_sgemm", as: Sgemm.self),
      let ssyrk = library.function("cblas_ssyrk", as: Ssyrk.self)
    else { return nil }
    (self.sgemm, self.ssyrk) = (sgemm, ssyrk)
    library.function("openblas_set_num_threads", as: (@convention(c) (Int32) -> Void).self)?(1)
    let name = library.function("openblas_get_corename", as: (@convention(c) () -> UnsafePointer<CChar>?).self)?()
    kernelName = name.map { String(cString: $0) } ?? "unknown"
  }

  /// The kernels for vector units of this many bits; nil to leave the choice to the library.
  static func kernels(vectorBits: Int) -> String? {
    switch vectorBits {
    case 512: "SkylakeX"
    case 256: "Haswell"
    default: nil
    }
  }
}
