/// Why a transfer from or to another machine failed.
package enum WebError: Error, Equatable {
  case noCurl
  /// The transfer failed before or during the response.
  case failed(url: String, reason: String)
  case status(url: String, code: Int, excerpt: String)
  case tooLarge(url: String, bytes: Int)
  case checksum(url: String, expected: String, found: String)
  /// The checksum file has no checksum.
  case noChecksum(url: String)
  case notWritable(path: String, reason: String)
  case unreadable(path: String)
}

extension WebError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noCurl: "libcurl is not installed; install it (Debian: apt-get install libcurl4) and try again"
    case .failed(let url, let reason):
      "\(url): \(reason); check the network (a proxy is taken from https_proxy) and try again"
    case .status(let url, let code, let excerpt):
      "\(url): the server responded with \(code)\(excerpt.isEmpty ? "" : " (\(excerpt))"); \(Self.advice(code))"
    case .tooLarge(let url, let bytes):
      "\(url): the response is longer than \(bytes) bytes, so it is not the expected file; check the address"
    case .checksum(let url, let expected, let found):
      "\(url): arrived damaged or changed: its checksum is \(found), not \(expected); it was deleted, fetch it again"
    case .noChecksum(let url):
      "\(url): has no checksum, so the download could not be verified; try again later, or give another --mirror"
    case .notWritable(let path, let reason): "\(path): cannot be written (\(reason)); check permissions and free space"
    case .unreadable(let path): "\(path): cannot be read; check the path and its permissions"
    }
  }

  private static func advice(_ code: Int) -> String {
    switch code {
    case 401, 403: "check the key or the credentials"
    case 404: "check the address or give another --mirror"
    case 429: "too many requests; wait a while and continue"
    case 500...: "try again later"
    default: "check the address"
    }
  }
}
