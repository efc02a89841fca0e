/// A user's or movie's identifier as written in its data set.
///
/// Whole numbers compare as numbers and come before texts, so `2 < 10 < "a"`. Dense indices are assigned in
/// this order, so they do not depend on the order of files and lines.
public enum SourceID: Hashable, Comparable, Sendable {
  case number(Int64)
  case text(String)

  /// The longest identifier that is accepted, in UTF-8 bytes: an identifier becomes part of a file name.
  public static let maximumLength = 200

  /// Reads an identifier: up to 18 digits without a leading zero become a number, everything else stays text.
  public init(_ string: String) {
    let bytes = string.utf8
    if bytes.count <= 18, let first = bytes.first, first != UInt8(ascii: "0") || bytes.count == 1,
      bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int64(string)
    {
      self = .number(number)
    } else {
      self = .text(string)
    }
  }

  public static func < (left: SourceID, right: SourceID) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

// Texts are equal if their bytes are: canonically equivalent letters (é in one or two code points) are ordered, so they
// must not be equal.
extension SourceID {
  public static func == (left: SourceID, right: SourceID) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a == b
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .number(let number): hasher.combine(number)
    case .text(let text): hasher.combine(text)
    }
  }
}

extension SourceID: CustomStringConvertible {
  public var description: String {
    switch self {
    case .number(let number): String(number)
    case .text(let text): text
    }
  }
}

extension SourceID {
  /// A 64-bit hash that is the same in every run and on every machine, for stable splits.
  public var stableHash: UInt64 {
    switch self {
    case .number(let number): return CounterRandom.mix(UInt64(bitPattern: number))
    case .text(let text):
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      return CounterRandom.mix(hash)
    }
  }
}
