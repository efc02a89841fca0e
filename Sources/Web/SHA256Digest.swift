/// SHA-256 (FIPS 180-4) and HMAC.
public enum SHA256Digest {
  /// The digest of bytes, in lower-case hexadecimal digits.
  public static func hex(of bytes: [UInt8]) -> String { Checksum.hex(Digest.sha256(bytes)) }

  /// The digest of a file.
  ///
  /// - Throws: `WebError.unreadable`.
  public static func hex(ofFile path: String) throws(WebError) -> String {
    let digest = Digest(.sha256)
    try FileBytes.forEachPiece(of: path) { digest.update($0) }
    return Checksum.hex(digest.finish())
  }

  /// HMAC with SHA-256 (RFC 2104): 32 bytes.
  public static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] { Digest.hmac(message, key: key) }
}
