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
  /// The lists of films of `content/lists/`, by their `order`, then name.
  let lists: [EditorsList]
  /// The images of `content/posters/`, each named by a movie's id or IMDb id.
  let posters: [PosterFile]

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
    pages = try documents("pages").sorted { ($0.order, $0.name) < ($1.order, $1.name) }
      .map { try MarkdownPage(name: $0.name, document: $0.document) }
    posts = try documents("news").map { try MarkdownPage(name: $0.name, document: $0.document) }
    lists = try documents("lists").sorted { ($0.order, $0.name) < ($1.order, $1.name) }
      .map { try EditorsList(name: $0.name, document: $0.document, text: $0.text) }
    posters = Self.posters(in: "\(folder.content)/posters")
  }

  private static let imageEndings = ["avif", "webp", "jpg", "jpeg", "png"]

  private static func posters(in folder: String) -> [PosterFile] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().compactMap { name in
      guard let dot = name.lastIndex(of: "."), !name.hasPrefix(".") else { return nil }
      let ending = name[name.index(after: dot)...].lowercased()
      guard imageEndings.contains(ending) else { return nil }
      let path = folder + "/" + name
      return PosterFile(id: String(name[..<dot]), ending: ending) {
        guard let data = FileManager.default.contents(atPath: path) else {
          throw PipelineError.dataMissing(path: path)
        }
        return Array(data)
      }
    }
  }

  private static func documents(
    in folder: String
  ) throws -> [(name: String, document: MarkdownDocument, order: Int, text: String)] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.sorted()
    return try names.compactMap { name in
      let path = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: path) else { throw PipelineError.dataMissing(path: path) }
      let text = String(decoding: data, as: UTF8.self)
      let document = try MarkdownDocument(text, path: path)
      guard try document.frontMatter.flag("draft") != true else { return nil }
      return (String(name.dropLast(3)), document, try document.frontMatter.integer("order") ?? 1000, text)
    }
  }
}
