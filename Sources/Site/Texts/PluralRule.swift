/// Which form a counted noun takes: the cardinal plural rules of the Unicode CLDR, for whole numbers.
package enum PluralCategory: String, Sendable, CaseIterable {
  case zero, one, two, few, many, other

  /// The category of `count` in `language`, a BCP 47 tag; languages that are not named here distinguish one from the rest.
  package static func of(_ count: Int, language: String) -> PluralCategory {
    let n = Int(count.magnitude)
    let (ten, hundred) = (n % 10, n % 100)
    switch language.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
    case "ja", "zh", "ko", "vi", "th", "id", "ms", "lo", "my": return .other
    case "fr", "pt", "hi", "fa", "bn", "hy": return n <= 1 ? .one : .other
    case "ru", "uk", "be":
      if ten == 1, hundred != 11 { return .one }
      return (2...4).contains(ten) && !(12...14).contains(hundred) ? .few : .many
    case "sr", "hr", "bs":
      if ten == 1, hundred != 11 { return .one }
      return (2...4).contains(ten) && !(12...14).contains(hundred) ? .few : .other
    case "pl":
      if n == 1 { return .one }
      return (2...4).contains(ten) && !(12...14).contains(hundred) ? .few : .many
    case "cs", "sk": return n == 1 ? .one : (2...4).contains(n) ? .few : .other
    case "lt":
      if (11...19).contains(hundred) { return .other }
      return ten == 1 ? .one : ten >= 2 ? .few : .other
    case "lv":
      if ten == 0 || (11...19).contains(hundred) { return .zero }
      return ten == 1 ? .one : .other
    case "ro": return n == 1 ? .one : n == 0 || (1...19).contains(hundred) ? .few : .other
    case "sl": return hundred == 1 ? .one : hundred == 2 ? .two : (3...4).contains(hundred) ? .few : .other
    case "he": return n == 1 ? .one : n == 2 ? .two : .other
    case "ar":
      switch n {
      case 0: return .zero
      case 1: return .one
      case 2: return .two
      default: return (3...10).contains(hundred) ? .few : hundred >= 11 ? .many : .other
      }
    default: return n == 1 ? .one : .other
    }
  }
}
