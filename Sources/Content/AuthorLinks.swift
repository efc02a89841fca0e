package import Markdown
import Platform
package import Site
import Web

/// Where the links of the owner's texts lead: to other Markdown files, to other files, into the site.
package struct AuthorLinks {
  private let content: String
  /// Folders and files of `content/` that are never published.
  private let closed: [String]
  /// By the file's path.
  private let folders: [String: String]
  /// Files that texts show or link to.
  package private(set) var files: [String: OwnFile] = [:]
  /// Links to headings of other texts, to be looked up when all are read.
  private var fragments: [(path: String, line: Int, written: String, target: String, fragment: String)] = []

  /// The path of the site's address, with a slash at both ends.
  private let base: String

  package init(_ texts: [AuthorFile], content: String, closed: [String], url: String) {
    self.content = content
    base = (try? Address(url: url, linkStyle: .files))?.urlPath ?? "/"
    self.closed = closed
    folders = Dictionary(texts.map { ($0.path, $0.folder) }) { first, _ in first }
  }

  /// Finds what a link of a text leads to.
  ///
  /// - Returns: the address from the root of the site on; nil where the link leads out of the site, or stays on its page.
  package mutating func address(of link: MarkdownDocument.Link, in text: AuthorFile) -> String? {
    let written = link.address
    let end = written.firstIndex { $0 == "#" || $0 == "?" } ?? written.endIndex
    let (way, rest) = (String(written[..<end]), String(written[end...]))
    guard !way.isEmpty, !Self.hasScheme(way), !way.hasPrefix("//") else { return nil }
    if way.hasPrefix("/") { return belowBase(written) }
    let plain = Self.decoded(way)
    let folder = text.path.lastIndex(of: "/").map { String(text.path[..<$0]) } ?? ""
    guard let target = Self.normalized(folder + "/" + plain) else { return "/" + plain + rest }
    for path in [target, target + ".md", target + ".markdown"] {
      guard let page = folders[path] else { continue }
      if rest.hasPrefix("#") {
        fragments.append((text.path, link.line, written, path, Self.decoded(String(rest.dropFirst()))))
      }
      return "/" + page + rest
    }
    if let published = published(target) {
      files[published] = OwnFile(target, as: published)
      return "/" + PercentEncoding.encoded(published, keeping: "-._~/") + rest
    }
    // Like any link of the Web, from the page's own address on.
    let page = Self.normalized("/" + text.folder + way) ?? "/" + way
    return page + (way.hasSuffix("/") && !page.hasSuffix("/") ? "/" : "") + rest
  }

  /// Where a file of `content/` is published; nil where it is none that may be.
  private func published(_ path: String) -> String? {
    guard path.hasPrefix(content + "/"), RawFile.isFile(path) || RawFile.isLink(path), FileStamp(path: path) != nil,
      !RawFile.isFolder(path), !closed.contains(where: { path == $0 || path.hasPrefix($0 + "/") })
    else { return nil }
    let name = path.dropFirst(content.count + 1)
    guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return nil }
    // A text without a page is a draft, or its date is in the future.
    if AuthorFile.isMarkdown(String(name)), !name.hasPrefix(OwnFiles.folder + "/") { return nil }
    for folder in ["pages/", OwnFiles.folder + "/"] where name.hasPrefix(folder) {
      return String(name.dropFirst(folder.count))
    }
    return String(name)
  }

  /// An address from the root of the host on is one from the root of the site on, where it begins with the site's own path
  /// and no text of that name is there.
  private func belowBase(_ written: String) -> String {
    guard base != "/", written.hasPrefix(base), !folders.values.contains(where: { base.dropFirst() == $0 }) else {
      return written
    }
    return String(written.dropFirst(base.count - 1))
  }

  /// Looks up the links to headings.
  ///
  /// - Throws: `SiteError.text` with file and line.
  package func check(_ anchors: [String: Set<String>]) throws {
    for link in fragments where !link.fragment.isEmpty {
      guard let known = anchors[link.target], !known.contains(link.fragment) else { continue }
      throw SiteError.text(
        path: link.path, line: link.line, problem: "“\(link.written)” leads to no heading of that page",
        advice: known.isEmpty ? "it has none" : "its headings are #\(known.sorted().joined(separator: ", #"))")
    }
  }

  private static func hasScheme(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), text.first?.isLetter == true else { return false }
    return text[..<colon].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }

  /// A path without “.” and “..”; nil where it leads above the root.
  private static func normalized(_ path: String) -> String? {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func decoded(_ text: String) -> String {
    String(validating: PercentEncoding.bytes(of: text), as: UTF8.self) ?? text
  }
}
