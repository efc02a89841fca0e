/// A random secret that somebody carries: a session, an invitation.
///
/// Who has it is known by it, so only its digest is stored: a stolen copy of the database opens no session.
public struct SecretToken: Equatable, Sendable {
  /// As it is handed out: 32 random bytes in hexadecimal.
  public let text: String

  public init() { text = Self.randomBytes(32).hexadecimal }

  /// A token as it comes back; nil for what cannot be one.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 64, [UInt8](hexadecimal: text) != nil else { return nil }
    self.text = String(text)
  }

  /// What is stored.
  public var digest: [UInt8] { Self.digest(of: Array(text.utf8)) }

  /// Bytes of the system's generator.
  public static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// A password for somebody who will change it: 20 characters, none of them mistaken for another.
  public static func randomPassword() -> String {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    var generator = SystemRandomNumberGenerator()
    let groups = (0..<4).map { _ in String((0..<5).map { _ in letters.randomElement(using: &generator) ?? "x" }) }
    return groups.joined(separator: "-")
  }
}

extension [UInt8] {
  /// Two lower-case digits for each byte.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

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
