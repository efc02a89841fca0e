/// The separator between two fields of a line.
enum Separator: Equatable, Sendable {
  /// The quoting rules for fields.
  enum Quoting: Sendable {
    /// Quotation marks are literal.
    case none
    /// A mark within a field is doubled, as in CSV (RFC 4180).
    case doubled
    /// The same in a table that also has literal marks: two of them alone are a text.
    case loose
    /// A mark within a field has a backslash before it, as Spark and MySQL write it.
    case escaped
  }

  /// One byte.
  case byte(UInt8, Quoting)
  /// `::`
  case doubleColon
  /// One or more blanks or tabs.
  case blanks

  static let comma = Separator.byte(0x2c, .doubled)
  static let tab = Separator.byte(0x09, .none)
  static let bar = Separator.byte(0x7c, .none)

  /// The rule for records that span several lines; nil if fields cannot be quoted.
  var quotes: QuoteRule? {
    switch self {
    case .byte(_, .none), .doubleColon, .blanks: nil
    case .byte(let byte, let quoting): QuoteRule(delimiter: byte, isEscaped: quoting == .escaped)
    }
  }

  /// The byte, if it is a single one.
  var byte: UInt8? { if case .byte(let byte, _) = self { byte } else { nil } }
}

/// How quoted fields end.
struct QuoteRule: Equatable, Sendable {
  let delimiter: UInt8
  /// Whether a backslash escapes the following mark.
  let isEscaped: Bool
}
