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
    /// As the author wrote it.
    public let address: String
    /// In the file, from 1.
    public let line: Int
    public let isImage: Bool

    public init(address: String, line: Int, isImage: Bool = false) {
      (self.address, self.line, self.isImage) = (address, line, isImage)
    }
  }

  /// What becomes of HTML in the text.
  public enum RawHTML: Sendable, Equatable {
    /// It is left out.
    case none
    /// Elements without a script, a style or an address stay (`SafeHTML`), the rest is left out.
    case safe
    /// It stands as it is.
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
  /// The front matter's `title`, otherwise the first heading; nil where both are missing or empty.
  public let title: String?
  /// The first paragraph without markup, or nothing.
  public let excerpt: String

  /// Reads a page with tables, strikethrough, autolinks, task lists and footnotes.
  ///
  /// Links to `javascript:`, `vbscript:`, `file:` and `data:` addresses (but for images) lead nowhere in either case, and
  /// comments are left out unless all HTML stays.
  ///
  /// - Parameters:
  ///   - path: what error messages call the page.
  ///   - rawHTML: what becomes of HTML in the text.
  ///   - rewrite: the address to write for a link; nil for the author's own.
  /// - Throws: if the front matter is wrong, with its line.
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

  /// The settings alone.
  public static func frontMatter(of text: String, path: String) throws(MarkdownError) -> FrontMatter {
    try FrontMatter.split(AuthorText.plain(text), path: path).0
  }
}
