/// Names that nobody can guess without the secret.
package enum KeyedHash {
  /// 32 hexadecimal digits, 128 bits, of HMAC-SHA-256.
  package static func name(of text: String, secret: String) -> String {
    Array(Digest.hmac(Array(text.utf8), key: Array(secret.utf8)).prefix(16)).hexadecimal
  }
}
