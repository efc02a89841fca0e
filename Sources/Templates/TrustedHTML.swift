/// HTML that goes to a page as it is: the only thing that a field of HTML takes.
///
/// Nobody makes it of a text of strangers by oversight: besides what is written in the program itself, it comes from
/// files that import `Templates` with `@_spi(TrustedHTML)`. Those are the ones that made the markup or cleaned it: Markdown,
/// structured data, and what moves the links of either. A test names them.
public struct TrustedHTML: Sendable, Equatable {
  /// The markup.
  public let text: String

  public static let empty = TrustedHTML("")

  @_spi(TrustedHTML) public init(_ text: String) { self.text = text }
}

extension TrustedHTML: ExpressibleByStringLiteral {
  /// Markup in the program's own source: a static string is never one that was read or put together.
  public init(stringLiteral text: StaticString) { self.text = "\(text)" }
}
