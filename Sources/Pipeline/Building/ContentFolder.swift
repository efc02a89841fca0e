import Markdown
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The Markdown files of a site.
struct ContentFolder {
  /// The pages of `content/pages/`, by their `order`, then name.
  let pages: [MarkdownPage]
  /// The posts of `content/news/`.
  let posts: [MarkdownPage]

  /// Reads all files; drafts (`draft: true`) are left out, and so is what speaks of the sample data (`sample: true`)
  /// where the site shows other data.
  ///
  /// - Throws: `MarkdownError` with file and line.
  init(_ folder: SiteFolder, showsSample: Bool) throws {
    let documents = { (name: String) in
      try Self.documents(in: "\(folder.content)/\(name)").filter {
        try showsSample || $0.document.frontMatter.flag("sample") != true
      }
    }
    pages = try documents("pages").map { (Self.page($0.name, $0.path, $0.document), $0.order) }
      .sorted { ($0.1, $0.0.name) < ($1.1, $1.0.name) }.map(\.0)
    posts = try documents("news").map { Self.page($0.name, $0.path, $0.document) }
  }

  private static func documents(
    in folder: String
  ) throws -> [(name: String, path: String, document: MarkdownDocument, order: Int)] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.sorted()
    return try names.compactMap { name in
      let path = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: path) else { throw PipelineError.dataMissing(path: path) }
      let document = try MarkdownDocument(String(decoding: data, as: UTF8.self), path: path)
      guard try document.frontMatter.flag("draft") != true else { return nil }
      return (String(name.dropLast(3)), path, document, try document.frontMatter.integer("order") ?? 1000)
    }
  }

  private static func page(_ name: String, _ path: String, _ document: MarkdownDocument) -> MarkdownPage {
    let frontMatter = document.frontMatter
    return MarkdownPage(
      name: name, path: path, title: document.title ?? name, html: document.html,
      excerpt: Self.paragraph(document.excerpt),
      description: (try? frontMatter.string("description")) ?? "", date: (try? frontMatter.string("date")) ?? "",
      isInMenu: (try? frontMatter.flag("navigation")) ?? true)
  }

  /// Plain text as a paragraph of HTML.
  private static func paragraph(_ text: String) -> String {
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    return text.isEmpty ? "" : "<p>\(escaped)</p>"
  }
}
