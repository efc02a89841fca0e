/// How long films are.
public enum FilmRuntime {
  /// The minutes that a film may have.
  public static let plausible = 1...1_000

  /// The minutes in `text`: "142", "142.0", "142 min" and "2h 22m" are all 142. Nil for what is no plausible length.
  public static func minutes(_ text: String) -> Int? {
    var rest = text.lowercased().utf8.filter { $0 != UInt8(ascii: " ") }[...]
    var sum = 0
    while !rest.isEmpty {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard (1...4).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else {
        return nil
      }
      rest = rest.dropFirst(digits.count)
      if rest.elementsEqual(".0".utf8) { rest = [] }
      let unit = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
      rest = rest.dropFirst(unit.count)
      switch String(decoding: unit, as: UTF8.self) {
      // A number without a unit is minutes only if nothing follows: "2:22" is not two minutes.
      case "" where rest.isEmpty: sum += number
      case "m", "min", "mins", "minute", "minutes": sum += number
      case "h", "hr", "hrs", "hour", "hours": sum += 60 * number
      default: return nil
      }
    }
    return plausible.contains(sum) ? sum : nil
  }
}
