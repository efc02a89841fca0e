import Digests

/// A random bearer secret: a session, an invitation.
///
/// Only its digest is stored, so a stolen copy of the database opens no session.
package struct SecretToken: Equatable, Sendable {
  /// The text given to its holder: 32 random bytes in hexadecimal.
  package let text: String

  package init() { text = Self.randomBytes(32).hexadecimal }

  /// A token sent by a client; nil for invalid text.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 64, [UInt8](hexadecimal: text) != nil else { return nil }
    self.text = String(text)
  }

  /// The digest that is stored.
  package var digest: [UInt8] { Self.digest(of: Array(text.utf8)) }

  /// Bytes from the system's random generator.
  package static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// A temporary password: 20 characters, without ambiguous ones.
  package static func randomPassword() -> String {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    var generator = SystemRandomNumberGenerator()
    let groups = (0..<4).map { _ in String((0..<5).map { _ in letters.randomElement(using: &generator) ?? "x" }) }
    return groups.joined(separator: "-")
  }
}

extension [UInt8] {
  init?(hexadecimal text: some StringProtocol) {
    var values: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): values.append(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): values.append(byte - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    guard values.count.isMultiple(of: 2) else { return nil }
    self = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }
}
