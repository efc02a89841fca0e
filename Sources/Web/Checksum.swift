import Digests

/// A digest that a publisher provides with a file.
package struct Checksum: Equatable, Sendable {
  /// 32 hexadecimal digits for MD5, 64 for SHA-256; lower case.
  package let digits: String

  /// Accepts plain digits, or a line of `md5sum` ("digits  name") or of BSD ("MD5 (name) = digits"); nil for anything else.
  package init?(_ text: String) {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    let found = words.map { $0.lowercased() }.first { word in
      (word.utf8.count == 32 || word.utf8.count == 64) && word.allSatisfy(\.isHexDigit)
    }
    guard let found else { return nil }
    digits = found
  }

  /// The digest of a file, of the same kind.
  ///
  /// - Throws: `WebError.unreadable`.
  package func digits(ofFile path: String) throws(WebError) -> String {
    let digest = Digest(digits.utf8.count == 32 ? .md5 : .sha256)
    try FileBytes.forEachPiece(of: path) { digest.update($0) }
    return digest.finish().hexadecimal
  }

  /// The MD5 of a file: the ETag of an object that was uploaded in one piece.
  ///
  /// - Throws: `WebError.unreadable`.
  package static func md5(ofFile path: String) throws(WebError) -> String? {
    try Checksum(String(repeating: "0", count: 32))?.digits(ofFile: path)
  }
}
