package import Markdown
@_spi(TrustedHTML) package import Templates

/// A page or news post that the owner wrote.
package struct MarkdownPage: Sendable, Equatable {
  /// The file's name without its ending; the address is made of it.
  package var name: String
  /// Where it was read from, for messages.
  package var path: String
  package var title: String
  package var html: TrustedHTML
  /// The beginning of the page without markup, for the home page and lists.
  package var excerpt: String
  /// One sentence for search engines; the site's description where empty.
  package var description: String
  /// "2026-03-01", or empty.
  package var date: String
  /// Whether the page is in the site's menu.
  package var isInMenu: Bool
  /// The ids of its headings.
  package var anchors: Set<String> = []
  /// Its links into the site.
  package var links: [Link] = []

  /// A link of the text into the site.
  package struct Link: Sendable, Equatable {
    /// From the root of the site on, such as `/movies/#x`.
    package var address: String
    /// As the author wrote it.
    package var written: String
    /// In the page's file, from 1.
    package var line: Int

    package init(address: String, written: String, line: Int) {
      (self.address, self.written, self.line) = (address, written, line)
    }
  }

  /// The settings that a page may have in its front matter.
  package static let settings = PageSetting.allCases.filter { $0 != .films }.map(\.rawValue)

  package init(
    name: String, path: String, title: String, html: TrustedHTML, excerpt: String = "", description: String = "",
    date: String = "", isInMenu: Bool = true
  ) {
    self.name = name
    self.path = path
    self.title = title
    self.html = html
    self.excerpt = excerpt
    self.description = description
    self.date = date
    self.isInMenu = isInMenu
  }

  /// The page that `document` holds.
  ///
  /// Its front matter may name `title`, `description`, `date` and `navigation` (`false` keeps a page out of the menu). A date
  /// that the front matter does not name is read off the file's name, as in `2026-03-01-opening.md`.
  ///
  /// - Parameter name: the file's name without its ending.
  /// - Throws: if one of these settings is of another kind, with its line.
  package init(name: String, document: MarkdownDocument) throws(MarkdownError) {
    let title = document.title ?? name
    var html = document.html
    // The page sets its title itself; the same words as the first heading would be there twice.
    if let first = document.headings.first, first.level == 1, first.text == title, html.text.hasPrefix("<h1"),
      let end = html.text.firstRange(of: "</h1>\n")
    {
      html = TrustedHTML(String(html.text[end.upperBound...]))
    }
    let settings = document.frontMatter
    self.init(
      name: name, path: document.path, title: title, html: html, excerpt: document.excerpt,
      description: try settings.string("description") ?? document.excerpt,
      date: try settings.date("date") ?? "", isInMenu: try settings.flag("navigation") ?? true)
    if date.isEmpty { date = Self.date(ofFile: name) ?? "" }
    anchors = Set(document.headings.map(\.anchor))
  }

  /// The date that a file's name begins with.
  package static func date(ofFile name: String) -> String? {
    let start = String((name.split(separator: "/").last ?? "").prefix(10))
    return CalendarDay(start)?.description == start ? start : nil
  }

  /// The date as a moment of Atom, midnight UTC; nil if it is not a date.
  var atomDate: String? { CalendarDay(date).map { "\($0)T00:00:00Z" } }
}
