/// A page or news post that the owner wrote.
public struct MarkdownPage: Sendable, Equatable {
  /// The file's name without its ending; the address is made of it.
  public var name: String
  /// Where it was read from, for messages.
  public var path: String
  public var title: String
  public var html: String
  /// A short part of the page as HTML, for the home page and lists.
  public var excerpt: String
  /// One sentence for search engines; the site's description where empty.
  public var description: String
  /// "2026-03-01", or empty.
  public var date: String
  /// Whether the page stands in the site's menu.
  public var isInMenu: Bool

  public init(
    name: String, path: String, title: String, html: String, excerpt: String = "", description: String = "",
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

  /// The date as a moment of Atom, midnight UTC; nil where it is no date.
  var atomDate: String? {
    let parts = date.split(separator: "-", omittingEmptySubsequences: false).map { Array($0.utf8) }
    guard parts.map(\.count) == [4, 2, 2],
      parts.joined().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let month = Int(date.split(separator: "-")[1]), let day = Int(date.split(separator: "-")[2]),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    return date + "T00:00:00Z"
  }
}
