package import Artwork
import Markdown
import Platform
package import Settings
package import Site
import YAML

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The owner's texts and files of a site.
package struct ContentFolder {
  /// The pages of `content/pages/`, by their `order`, then name.
  package private(set) var pages: [MarkdownPage] = []
  /// The posts of `content/news/`.
  package private(set) var posts: [MarkdownPage] = []
  /// The lists of films of `content/lists/`, by their `order`, then name.
  package private(set) var lists: [EditorsList] = []
  /// The images of `content/posters/`, each named by a movie's id or IMDb id.
  package let posters: [PosterFile]
  /// What goes out as it is: `content/static/`, and files that texts show or link to.
  package let files: [OwnFile]
  /// What the owner should know, each with file and line.
  package private(set) var notes: [String] = []

  /// Reads all files; drafts (`draft: true`, `published: false`) are left out, and so is what speaks of the sample data
  /// (`sample: true`) where the site shows other data, and what has a date that is still to come.
  ///
  /// - Throws: `MarkdownError`, `SiteError` with file and line.
  package init(_ folder: SiteFolder, settings: SiteSettings, today: String) throws {
    let showsSample = settings.site.showsSampleNote
    var texts: [(file: AuthorFile, order: Int)] = []
    for kind in AuthorFile.Kind.allCases {
      for file in try AuthorFile.all(kind, in: folder.content) where try file.isReady(showsSample: showsSample) {
        if try !settings.showsFuture && file.isFuture(today: today) {
          notes.append(
            "\(file.path): its date is still to come, so it is held back (future: show in site.yaml, or --future)")
          continue
        }
        notes += file.frontMatter.cut.map { "\(file.path):\($0.line): \($0)" }
        texts.append((file, try file.frontMatter.integer("order") ?? 1000))
      }
    }
    texts.sort { ($0.order, $0.file.name) < ($1.order, $1.file.name) }
    var links = AuthorLinks(
      texts.map(\.file), content: folder.content, closed: [folder.settings, folder.modelSettings] + settings.data,
      url: settings.site.url)
    var anchors: [String: Set<String>] = [:]
    for (file, _) in texts {
      var found: [MarkdownPage.Link] = []
      let document = try MarkdownDocument(file.text, path: file.path, rawHTML: settings.rawHTML) { link in
        guard let address = links.address(of: link, in: file) else { return nil }
        found.append(MarkdownPage.Link(address: address, written: link.address, line: link.line))
        return address
      }
      anchors[file.path] = Set(document.headings.map(\.anchor))
      notes += document.omissions.map { omission in
        "\(file.path):\(omission.line): \(omission.tag) is left out; "
          + (settings.rawHTML == .none
            ? "raw-html: safe in site.yaml keeps what is harmless" : "only harmless HTML stays")
      }
      switch file.kind {
      case .lists:
        var list = try EditorsList(name: file.name, document: document, text: file.text)
        list.page.links = found
        lists.append(list)
      case .pages, .news:
        var page = try MarkdownPage(name: file.name, document: document)
        page.links = found
        if file.kind == .pages { pages.append(page) } else { posts.append(page) }
      }
    }
    try links.check(anchors)
    let posters = Self.posters(in: "\(folder.content)/posters")
    self.posters = posters.map(\.file)
    let own = try OwnFiles.all(in: folder)
    let paths = Set(own.map(\.path))
    files = own + links.files.filter { !paths.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
    notes += UnreadContent.notes(
      in: folder, reads: Set(links.files.values.map(\.source) + posters.map(\.path)),
      data: settings.data + settings.replacedData + [folder.content + "/sample"])
  }

  /// The texts that wait for their day: an input of the pages, since a day passes without any file changing.
  package static func heldBack(in folder: SiteFolder, today: String) throws -> [String] {
    try AuthorFile.Kind.allCases.flatMap { try AuthorFile.all($0, in: folder.content) }
      .filter { try $0.isFuture(today: today) }.map(\.path)
  }

  private static let imageEndings = ["avif", "webp", "jpg", "jpeg", "png"]

  private static func posters(in folder: String) -> [(path: String, file: PosterFile)] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().compactMap { name in
      guard let dot = name.lastIndex(of: "."), !name.hasPrefix(".") else { return nil }
      let ending = name[name.index(after: dot)...].lowercased()
      guard imageEndings.contains(ending) else { return nil }
      let path = folder + "/" + name
      let file = PosterFile(id: String(name[..<dot]), ending: ending) {
        guard let data = FileManager.default.contents(atPath: path) else {
          throw PlatformError.missing(path: path)
        }
        return Array(data)
      }
      return (path, file)
    }
  }
}
