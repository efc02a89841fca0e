import Content
import Markdown
import Platform
import Settings
import Site
package import SiteCheck

/// Where in the owner's Markdown files the problems of a built site come from.
package struct AuthorPlaces: Sendable {
  /// A place in a file of the owner.
  struct Place: Equatable, Sendable {
    let path: String
    /// Nil where the file is known and the line is not.
    let line: Int?
  }

  private struct Text: Sendable {
    let path: String
    /// The lines of links by where they lead.
    let lines: [String: Int]
  }

  /// By the page's path in the built site.
  private let texts: [String: Text]

  /// Reads the texts of the site whose built folder this is; there are none without a `content/` next to it.
  package init(output: String) {
    guard let place = ResolvedPath.of(output), let slash = place.lastIndex(of: "/") else {
      texts = [:]
      return
    }
    let folder = SiteFolder(String(place[..<slash]))
    let content = folder.content
    let url = (try? SiteSettings(readingFrom: folder))?.site.url ?? ""
    let files = AuthorFile.Kind.allCases.flatMap { (try? AuthorFile.all($0, in: content)) ?? [] }
    var links = AuthorLinks(files, content: content, closed: [], url: url)
    var texts: [String: Text] = [:]
    for file in files {
      var lines: [String: Int] = [:]
      // The first place is reported.
      _ = try? MarkdownDocument(file.text, path: file.path, rawHTML: .safe) { link in
        let address = link.address.hasPrefix("#") ? file.folder + link.address : links.address(of: link, in: file)
        if let key = address.map(Self.key), lines[key] == nil { lines[key] = link.line }
        return nil
      }
      texts[file.folder + "index.html"] = Text(path: file.path, lines: lines)
    }
    self.texts = texts
  }

  /// The same for all ways to write where a link leads.
  private static func key(_ address: String) -> String {
    let whole = address.drop { $0 == "/" }
    let path = PercentEncoding.text(of: whole.prefix { $0 != "#" && $0 != "?" })
    let fragment = whole.firstIndex(of: "#").map { PercentEncoding.text(of: whole[$0...]) } ?? ""
    return (path.hasSuffix("index.html") ? String(path.dropLast("index.html".count)) : path) + fragment
  }

  /// Nil for a page that no Markdown file made.
  func place(of problem: SiteProblem) -> Place? {
    guard let text = texts[problem.file] else { return nil }
    return Place(path: text.path, line: problem.target.flatMap { text.lines[Self.key($0)] })
  }

  /// A fault in a line: at the owner's own words where they made it.
  package func words(of problem: SiteProblem) -> String {
    guard let place = place(of: problem) else { return "\(problem)" }
    guard let line = place.line else { return "\(problem) (the page is made of \(place.path))" }
    return "\(place.path):\(line): \(problem.words) (\(problem.file):\(problem.line))"
  }
}
