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

  public let path: String
  public let frontMatter: FrontMatter
  /// The body as HTML, without the page around it; table cells have the classes `align-left`, `align-center` and
  /// `align-right`.
  public let html: String
  public let headings: [Heading]
  /// The front matter's `title`, otherwise the first heading.
  public let title: String?
  /// The first paragraph without markup, or nothing.
  public let excerpt: String

  /// Reads a page with tables, strikethrough, autolinks, task lists and footnotes.
  ///
  /// Links to `javascript:`, `vbscript:`, `file:` and `data:` addresses (but for images) lead nowhere in either case.
  ///
  /// - Parameters:
  ///   - path: what error messages call the page.
  ///   - allowsRawHTML: passes HTML in the text through as it stands; otherwise it is left out.
  /// - Throws: if the front matter is wrong, with its line.
  /// - Complexity: linear in the text for all usual pages. One page is read at a time: the parser keeps state for the
  ///   whole process.
  public init(_ text: String, path: String, allowsRawHTML: Bool = false) throws(MarkdownError) {
    let (frontMatter, body) = try FrontMatter.split(text, path: path)
    let rendered = CommonMark.render(String(body), allowsRawHTML: allowsRawHTML)
    self.path = path
    self.frontMatter = frontMatter
    html = rendered.html
    headings = rendered.headings
    excerpt = rendered.excerpt
    title = try frontMatter.string("title") ?? rendered.headings.first?.text
  }
}
