/// What stands between two fields of a line.
enum Separator: Equatable, Sendable {
  /// How quotation marks around fields are meant.
  enum Quoting: Sendable {
    /// As they are written.
    case none
    /// A mark within a field is doubled, as in CSV (RFC 4180).
    case doubled
    /// The same in a table where marks also stand as they are: two of them and nothing else are a text.
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

  /// How a record that goes over several lines is told from lines; nil where fields cannot be quoted.
  var quotes: QuoteRule? {
    switch self {
    case .byte(_, .none), .doubleColon, .blanks: nil
    case .byte(let byte, let quoting): QuoteRule(delimiter: byte, isEscaped: quoting == .escaped)
    }
  }

  /// The byte, where it is one.
  var byte: UInt8? { if case .byte(let byte, _) = self { byte } else { nil } }
}

/// How quoted fields end.
struct QuoteRule: Equatable, Sendable {
  let delimiter: UInt8
  /// Whether a backslash takes its meaning from the mark behind it.
  let isEscaped: Bool
}
