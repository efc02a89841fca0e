import Settings
import Web

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension WebClient {
  /// The client of the command line.
  ///
  /// `SSL_CERT_FILE` names other authorities than the system's, as it does for OpenSSL.
  static var marquee: WebClient {
    var client = WebClient(userAgent: "marquee/\(Distribution.version)") { seconds in
      usleep(UInt32(seconds * 1_000_000))
    }
    client.authorities = ProcessInfo.processInfo.environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    return client
  }
}
