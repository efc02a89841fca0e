/// The content codings that the client of a request accepts (RFC 9110, section 12.5.3).
enum AcceptedCoding {
  /// - Parameter header: such as `gzip, br;q=0.8` or `*;q=0`; nil if the request has none.
  static func takesGzip(_ header: String?) -> Bool {
    guard let header else { return false }
    var others = false
    for item in header.utf8.split(separator: UInt8(ascii: ",")) {
      let parts = item.split(separator: UInt8(ascii: ";")).map { Self.trimmed($0) }
      guard let name = parts.first else { continue }
      // Weights are only compared with zero: there are no other preferences.
      let isWanted = !parts.dropFirst().contains {
        $0.hasPrefix("q=0") && $0.dropFirst(3).allSatisfy { ".0".contains($0) }
      }
      if name == "gzip" || name == "x-gzip" { return isWanted }
      if name == "*" { others = isWanted }
    }
    return others
  }

  private static func trimmed(_ bytes: Substring.UTF8View) -> String {
    String(Substring(bytes).filter { $0 != " " && $0 != "\t" }).lowercased()
  }
}
