// Unsafe: passes bytes to libcrypto, which reads them only during the call and writes no more than the longest digest.

import COpenSSL

/// A digest of bytes that come piece by piece, by libcrypto.
package struct Digest: ~Copyable {
  package enum Kind: Sendable { case md5, sha256 }

  private let context: OpaquePointer?

  package init(_ kind: Kind) {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, kind == .md5 ? EVP_md5() : EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  package func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

  /// The digest of everything so far, after which nothing can be added.
  package func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &digest, &length)
    return Array(digest.prefix(Int(length)))
  }
}

extension Digest {
  /// SHA-256 (FIPS 180-4): 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    let digest = Digest(.sha256)
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  /// HMAC with SHA-256 (RFC 2104): 32 bytes.
  package static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
    return Array(code.prefix(Int(length)))
  }
}
