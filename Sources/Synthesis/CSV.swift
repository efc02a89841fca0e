/// Fields of comma-separated values (RFC 4180).
package enum CSV {
  /// `text` as a field, quoted if necessary.
  static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else { return text }
    var quoted = "\""
    for character in text {
      if character == "\"" { quoted.append(character) }
      quoted.append(character)
    }
    return quoted + "\""
  }

  /// The fields of one line; nil if a quote is not closed.
  package static func fields(ofLine line: some StringProtocol) -> [String]? {
    var fields = [""]
    var inQuotes = false
    var previousWasQuote = false
    for character in line {
      switch (character, inQuotes) {
      case ("\"", true): inQuotes = false
      case ("\"", false):
        // A doubled quote stands for one.
        if previousWasQuote { fields[fields.count - 1].append("\"") }
        inQuotes = true
      case (",", false): fields.append("")
      default: fields[fields.count - 1].append(character)
      }
      previousWasQuote = character == "\"" && !inQuotes
    }
    return inQuotes ? nil : fields
  }
}
