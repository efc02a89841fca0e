import Digests

/// A password as it is stored: scrypt's cost, a salt and the key derived from both.
///
/// As text it is `$scrypt$n=16384,r=8,p=5$<salt>$<key>` with salt and key in hexadecimal, so a stored password keeps the
/// cost that it was made with when the default rises.
package struct PasswordHash: Equatable, Sendable {
  package let cost: ScryptCost
  let salt: [UInt8]
  let key: [UInt8]

  static let saltLength = 16
  static let keyLength = 32

  /// Hashes a new password with a random salt.
  ///
  /// - Complexity: about 16 MiB and 0.1 s with the default cost: not on a thread that others wait for.
  /// - Throws: `CredentialError.outOfMemory`.
  package init(of password: String, cost: ScryptCost = .standard) throws(CredentialError) {
    self.cost = cost
    salt = SecretToken.randomBytes(Self.saltLength)
    key = try Scrypt.key(OneForm.of(password), salt: salt, cost: cost, length: Self.keyLength)
  }

  /// Reads the stored text; nil for anything else, and for excessive costs.
  package init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = ScryptCost(parts[2]),
      let salt = [UInt8](hexadecimal: parts[3]), let key = [UInt8](hexadecimal: parts[4]), !salt.isEmpty,
      key.count == Self.keyLength
    else { return nil }
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  /// Whether this is the password, in whatever form it was typed, in constant time.
  package func matches(_ password: String) throws(CredentialError) -> Bool {
    let one = OneForm.of(password)
    if Scrypt.isEqual(try Scrypt.key(one, salt: salt, cost: cost, length: key.count), key) { return true }
    // Earlier versions hashed the text as typed.
    guard !one.utf8.elementsEqual(password.utf8) else { return false }
    return Scrypt.isEqual(try Scrypt.key(password, salt: salt, cost: cost, length: key.count), key)
  }
}

extension PasswordHash: CustomStringConvertible {
  package var description: String { "$scrypt$\(cost)$\(salt.hexadecimal)$\(key.hexadecimal)" }
}

/// The cost of scrypt (RFC 7914): blocks of memory, size of a block in 128 bytes, passes.
package struct ScryptCost: Equatable, Sendable {
  package var n: UInt64
  package var r: UInt64
  package var p: UInt64

  /// 16 MiB, five passes: one of the equivalent settings in OWASP's password storage cheat sheet. It is the one that a
  /// small machine can handle while several people log in.
  package static let standard = ScryptCost(n: 16_384, r: 8, p: 5)

  package init(n: UInt64, r: UInt64, p: UInt64) {
    self.n = n
    self.r = r
    self.p = p
  }

  /// Memory that a hash needs, in bytes.
  var memory: UInt64 { 128 * r * (n + p + 2) }
}

extension ScryptCost: CustomStringConvertible {
  package var description: String { "n=\(n),r=\(r),p=\(p)" }

  init?(_ text: Substring) {
    var values: [Substring: UInt64] = [:]
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, let value = UInt64(pair[1]) else { return nil }
      values[pair[0]] = value
    }
    guard values.count == 3, let n = values["n"], let r = values["r"], let p = values["p"],
      (2...1 << 20).contains(n), n & (n - 1) == 0, (1...32).contains(r), (1...32).contains(p)
    else { return nil }
    self.init(n: n, r: r, p: p)
  }
}
