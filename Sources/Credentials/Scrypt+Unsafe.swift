// Unsafe: passes borrowed bytes to libcrypto, which reads them only during the call and writes no more than the length that it is given.

import COpenSSL
import Digests

/// scrypt and constant-time comparison from the system's libcrypto.
enum Scrypt {
  static func key(
    _ password: String, salt: [UInt8], cost: ScryptCost, length: Int
  ) throws(CredentialError) -> [UInt8] {
    var password = password
    var key = [UInt8](repeating: 0, count: length)
    let isDone = password.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty password has no address, and OpenSSL treats a null pointer as "only check the cost".
        var nothing: CChar = 0
        return withUnsafePointer(to: &nothing) { empty in
          EVP_PBE_scrypt(
            characters.baseAddress ?? empty, characters.count, salt, salt.count, cost.n, cost.r, cost.p,
            cost.memory + 1 << 20, &key, length)
        }
      }
    }
    guard isDone == 1 else { throw .outOfMemory }
    return key
  }

  static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}

extension SecretToken {
  /// SHA-256.
  package static func digest(of bytes: [UInt8]) -> [UInt8] { Digest.sha256(bytes) }

  /// Whether two texts are equal, in constant time.
  package static func isEqual(_ left: String, _ right: String) -> Bool {
    Scrypt.isEqual(Array(left.utf8), Array(right.utf8))
  }
}
