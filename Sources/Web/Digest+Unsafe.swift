// Unsafe: passes bytes to and from OpenSSL through pointers.

import COpenSSL

/// An incremental digest.
struct Digest: ~Copyable {
  enum Kind { case md5, sha256 }

  private let context: OpaquePointer?

  init(_ kind: Kind) {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, kind == .md5 ? EVP_md5() : EVP_sha256(), nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  func update(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

  /// The digest of everything so far, after which nothing can be added.
  func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &digest, &length)
    return Array(digest.prefix(Int(length)))
  }

  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    let digest = Digest(.sha256)
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  /// HMAC with SHA-256 (RFC 2104).
  static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var key = key.count > 64 ? sha256(key) : key
    key += [UInt8](repeating: 0, count: 64 - key.count)
    return sha256(key.map { $0 ^ 0x5c } + sha256(key.map { $0 ^ 0x36 } + message))
  }
}
