import Markdown
import Platform
import Ratings
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A Markdown file of the owner that is to be a page.
package struct AuthorFile {
  package enum Kind: String, CaseIterable {
    case pages, news, lists

    /// Where such pages are below the output folder.
    package var place: String { self == .pages ? "" : rawValue + "/" }

    /// What their front matter may name.
    package var settings: [String] { MarkdownPage.settings + (self == .lists ? [PageSetting.films.rawValue] : []) }
  }

  package let kind: Kind
  /// Below the folder of its kind, without the ending.
  package let name: String
  package let path: String
  package let text: String
  let frontMatter: FrontMatter

  /// The page's folder below the output folder.
  package var folder: String { Website.folder(ofPage: name, under: kind.place) }

  /// The day from which on it is shown; nil where it has none.
  private var date: String? {
    get throws { try frontMatter.date("date") ?? MarkdownPage.date(ofFile: name) }
  }

  /// Reads a file and checks its front matter's words.
  ///
  /// - Throws: `MarkdownError`, `PlatformError.missing`.
  package init(_ kind: Kind, name: String, path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw PlatformError.missing(path: path) }
    (self.kind, self.name, self.path) = (kind, name, path)
    text = try AuthorText.decoded([UInt8](data), path: path)
    frontMatter = try MarkdownDocument.frontMatter(of: text, path: path)
    if let (key, line) = frontMatter.unknownKey(among: kind.settings) {
      throw MarkdownError.unknownKey(
        path: path, line: line, key: key, nearest: Spelling.nearest(to: key.lowercased(), among: kind.settings),
        known: kind.settings)
    }
  }

  /// Whether it is ready to be shown.
  package func isReady(showsSample: Bool) throws -> Bool {
    guard try frontMatter.flag("draft") != true, try frontMatter.flag("published") != false else { return false }
    return try showsSample || frontMatter.flag("sample") != true
  }

  /// Whether its day is still to come.
  func isFuture(today: String) throws -> Bool { try (date ?? "") > today }

  static func isMarkdown(_ name: String) -> Bool {
    [".md", ".markdown"].contains { name.lowercased().hasSuffix($0) }
  }

  /// All Markdown files of a kind, those in folders inside too, by their names.
  package static func all(_ kind: Kind, in content: String) throws -> [AuthorFile] {
    var files: [AuthorFile] = []
    for (path, name) in FileTree.files(at: "\(content)/\(kind.rawValue)") {
      guard isMarkdown(name), let dot = name.lastIndex(of: ".") else { continue }
      files.append(try AuthorFile(kind, name: String(name[..<dot]), path: path))
    }
    return files
  }
}
