@_spi(TrustedHTML) public import Templates

/// A page written in GitHub's Markdown, with its settings in YAML at the top.
public struct MarkdownDocument: Sendable {
  public struct Heading: Sendable, Equatable {
    /// From 1 to 6.
    public let level: Int
    /// Without markup.
    public let text: String
    /// The element's id, unique in the page.
    public let anchor: String
  }

  /// A link or an image of the text.
  public struct Link: Sendable, Equatable {
    /// As written.
    public let address: String
    /// In the file, from 1.
    public let line: Int
    public let isImage: Bool

    public init(address: String, line: Int, isImage: Bool = false) {
      (self.address, self.line, self.isImage) = (address, line, isImage)
    }
  }

  /// How HTML in the text is handled.
  public enum RawHTML: Sendable, Equatable {
    /// It is left out.
    case none
    /// Elements without a script, a style or an address stay (`SafeHTML`), the rest is left out.
    case safe
    /// It is kept as it is.
    case all
  }

  /// HTML that was left out.
  public struct Omission: Sendable, Equatable {
    /// Such as “<iframe>”.
    public let tag: String
    /// In the file, from 1.
    public let line: Int
  }

  public let path: String
  public let frontMatter: FrontMatter
  /// The body as HTML, without the page around it; table cells have the classes `align-left`, `align-center` and
  /// `align-right`.
  public let html: TrustedHTML
  public let headings: [Heading]
  public let links: [Link]
  public let omissions: [Omission]
  /// The front matter's `title`, otherwise the first heading; nil if both are missing or empty.
  public let title: String?
  /// The first paragraph without markup, or an empty text.
  public let excerpt: String

  /// Reads a page with tables, strikethrough, autolinks, task lists and footnotes.
  ///
  /// Links to `javascript:`, `vbscript:`, `file:` and `data:` addresses (except images) are always removed, and
  /// comments are left out unless all HTML stays.
  ///
  /// - Parameters:
  ///   - path: the page's name in error messages.
  ///   - rawHTML: how HTML in the text is handled.
  ///   - rewrite: the address to write for a link; nil for the author's own.
  /// - Throws: if the front matter is invalid, with its line.
  /// - Complexity: linear in the text for all usual pages. One page is read at a time: the parser keeps state for the
  ///   whole process.
  public init(
    _ text: String, path: String, rawHTML: RawHTML = .none, rewrite: (Link) -> String? = { _ in nil }
  ) throws(MarkdownError) {
    let (frontMatter, body, line) = try FrontMatter.split(AuthorText.plain(text), path: path)
    let rendered = CommonMark.render(String(body), firstLine: line, rawHTML: rawHTML, rewrite: rewrite)
    self.path = path
    self.frontMatter = frontMatter
    html = TrustedHTML(rendered.html)
    headings = rendered.headings
    links = rendered.links
    omissions = rendered.omissions
    excerpt = rendered.excerpt
    title = [try frontMatter.string("title"), rendered.headings.first?.text].lazy.compactMap { $0 }
      .first { $0.contains { !$0.isWhitespace } }
  }

  /// Only the front matter.
  public static func frontMatter(of text: String, path: String) throws(MarkdownError) -> FrontMatter {
    try FrontMatter.split(AuthorText.plain(text), path: path).0
  }
}
