import Pipeline
import Web

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension WebClient {
  /// The client of the command line.
  static var marquee: WebClient {
    WebClient(userAgent: "marquee/\(Distribution.version)") { seconds in usleep(UInt32(seconds * 1_000_000)) }
  }
}
