package import Ratings

/// Hands out names that differ even where upper and lower case do not, and that every file system takes.
package struct UniqueNames {
  private var taken: Set<String>

  package init(reserved: [String] = []) { taken = Set(reserved) }

  /// `name` itself, or, where it is taken or empty, with a short hash of `key` behind it.
  ///
  /// The same calls in the same order give the same names.
  package mutating func claim(_ name: String, key: String) -> String {
    let plain = name.lowercased()
    if !name.isEmpty, !Self.isReservedByWindows(plain), taken.insert(plain).inserted { return name }
    let hash = Self.hash(of: key)
    let stem = name.isEmpty ? "" : name + "-"
    for length in [8, 16] {
      let longer = stem + hash.prefix(length)
      if taken.insert(longer.lowercased()).inserted { return longer }
    }
    var number = 2
    while !taken.insert("\(stem)\(hash)-\(number)".lowercased()).inserted { number += 1 }
    return "\(stem)\(hash)-\(number)"
  }

  /// A name for `id`: letters, digits, `_` and `-` stay as they are; anything else becomes a slug and a short hash.
  package mutating func claim(_ id: SourceID) -> String {
    let text = id.description
    let isSafe =
      !text.isEmpty && text.utf8.count <= 100
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    if isSafe { return claim(text, key: text) }
    let slug = Slug.of(text)
    let hashed = (slug.isEmpty ? "" : slug + "-") + Self.hash(of: text).prefix(8)
    return claim(hashed, key: text)
  }

  /// 16 hexadecimal digits that depend on `text` alone.
  static func hash(of text: String) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(text)
    return fingerprint.description
  }

  /// Names that Windows keeps for devices, whatever their ending.
  static func isReservedByWindows(_ name: String) -> Bool {
    if ["con", "prn", "aux", "nul"].contains(name) { return true }
    return name.utf8.count == 4 && (name.hasPrefix("com") || name.hasPrefix("lpt"))
      && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(name.utf8.last ?? 0)
  }
}
