// Unsafe: takes functions from a library that is loaded at run time.

import CFloatKernels

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

  /// Ends the program with a line that says what to install if there is no such library.
  static let loaded = OpenBLAS()

  #if os(macOS)
    private static let paths = [
      "/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "/usr/local/opt/openblas/lib/libopenblas.dylib",
      "libopenblas.dylib",
    ]
  #else
    private static let paths = ["libopenblas.so.0", "libopenblas.so"]
  #endif

  private init() {
    // Neither overwrites a value that is set.
    if let kernels = Self.kernels(vectorBits: Int(marquee_vector_bits())) { setenv("OPENBLAS_CORETYPE", kernels, 0) }
    setenv("OPENBLAS_NUM_THREADS", "1", 0)
    for path in Self.paths {
      guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { continue }
      guard let sgemm = dlsym(library, "cblas_sgemm"), let ssyrk = dlsym(library, "cblas_ssyrk") else { continue }
      self.sgemm = unsafeBitCast(sgemm, to: Sgemm.self)
      self.ssyrk = unsafeBitCast(ssyrk, to: Ssyrk.self)
      if let setThreads = dlsym(library, "openblas_set_num_threads") {
        unsafeBitCast(setThreads, to: (@convention(c) (Int32) -> Void).self)(1)
      }
      let name = dlsym(library, "openblas_get_corename").flatMap {
        unsafeBitCast($0, to: (@convention(c) () -> UnsafePointer<CChar>?).self)()
      }
      kernelName = name.map { String(cString: $0) } ?? "unknown"
      return
    }
    fatalError("OpenBLAS is not installed; install libopenblas0 (Debian, Ubuntu) or openblas (brew)")
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
