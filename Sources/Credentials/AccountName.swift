/// The name of an account, which is also the member's id in the ratings and in addresses.
///
/// It begins with a letter, so it cannot be the numeric id of an imported user.
package struct AccountName: Hashable, Sendable {
  /// In lower case.
  package let text: String

  package static let rule =
    "a name has 2 to 30 characters: letters a to z, digits, hyphens and underscores, beginning with a letter; a few, such "
    + "as admin and con, are reserved"

  /// Names that addresses of the site use, and those that Windows reserves for devices.
  private static let reserved: Set<String> = [
    "page", "index", "me", "api", "account", "admin", "owner", "null", "con", "prn", "aux",
    "nul",
  ]

  /// Nil for an invalid name. Leading and trailing spaces are ignored.
  package init?(_ text: String) {
    // Texts longer than a name in any form are rejected unread.
    guard text.utf8.count <= 256 else { return nil }
    let lower = OneForm.trimmed(text).utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")) ~= $0 ? $0 + 32 : $0 }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let isKnown = { (byte: UInt8) in
      letters ~= byte || digits ~= byte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    guard (2...30).contains(lower.count), let first = lower.first, letters ~= first, lower.allSatisfy(isKnown)
    else { return nil }
    let name = String(decoding: lower, as: UTF8.self)
    let isDevice = name.utf8.count == 4 && (name.hasPrefix("com") || name.hasPrefix("lpt"))
    guard !isDevice, !Self.reserved.contains(name) else { return nil }
    self.text = name
  }
}

extension AccountName: CustomStringConvertible {
  package var description: String { text }
}
