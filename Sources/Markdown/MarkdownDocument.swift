@_spi(TrustedHTML) package import Templates

/// A page written in GitHub's Markdown, with its settings in YAML at the top.
package struct MarkdownDocument: Sendable {
  package struct Heading: Sendable, Equatable {
    /// From 1 to 6.
    package let level: Int
    /// Without markup.
    package let text: String
    /// The element's id, unique in the page.
    package let anchor: String
  }

  /// A link or an image of the text.
  package struct Link: Sendable, Equatable {
    /// As written.
    package let address: String
    /// In the file, from 1.
    package let line: Int
    package let isImage: Bool

    package init(address: String, line: Int, isImage: Bool = false) {
      (self.address, self.line, self.isImage) = (address, line, isImage)
    }
  }

  /// How HTML in the text is handled.
  package enum RawHTML: Sendable, Equatable {
    /// It is left out.
    case none
    /// Elements without a script, a style or an address stay (`SafeHTML`), the rest is left out.
    case safe
    /// It is kept as it is.
    case all
  }

  /// HTML that was left out.
  package struct Omission: Sendable, Equatable {
    /// Such as “<iframe>”.
    package let tag: String
    /// In the file, from 1.
    package let line: Int
  }

  package let path: String
  package let frontMatter: FrontMatter
  /// The body as HTML, without the page around it; table cells have the classes `align-left`, `align-center` and
  /// `align-right`.
  package let html: TrustedHTML
  package let headings: [Heading]
  package let links: [Link]
  package let omissions: [Omission]
  /// The front matter's `title`, otherwise the first heading; nil if both are missing or empty.
  package let title: String?
  /// The first paragraph without markup, or an empty text.
  package let excerpt: String

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
  package init(
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
  package static func frontMatter(of text: String, path: String) throws(MarkdownError) -> FrontMatter {
    try FrontMatter.split(AuthorText.plain(text), path: path).0
  }
}
