import Digests

/// SHA-256 (FIPS 180-4).
package enum SHA256Digest {
  /// The digest of bytes, in lower-case hexadecimal digits.
  package static func hex(of bytes: [UInt8]) -> String { Digest.sha256(bytes).hexadecimal }

  /// The digest of a file.
  ///
  /// - Throws: `WebError.unreadable`.
  package static func hex(ofFile path: String) throws(WebError) -> String {
    let digest = Digest(.sha256)
    try FileBytes.forEachPiece(of: path) { digest.update($0) }
    return digest.finish().hexadecimal
  }
}
