import Platform
package import Settings
import Site

/// What lies in `content/` and goes nowhere: a link to nothing, a CNAME outside of the folder for it, a data set that no
/// setting names. Nobody would miss it before the visitors do.
package enum UnreadContent {
  /// Files of which nobody expects that they are published: of version control, editors and file managers, and words
  /// about the folder.
  private static func isAside(_ name: String) -> Bool {
    let lower = name.lowercased()
    return ["thumbs.db", "desktop.ini"].contains(lower) || lower.hasPrefix("readme") || lower.hasPrefix("license")
      || [".swp", ".swo", ".tmp", ".bak", ".orig", "~", "#"].contains { lower.hasSuffix($0) }
  }

  /// The links in `content/` that lead nowhere, by their paths.
  package static func danglingLinks(in site: SiteFolder) -> [String] {
    func look(into folder: String, depth: Int) -> [String] {
      guard depth < 8 else { return [] }
      return (RawFile.entries(of: folder) ?? []).sorted().filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
        let path = folder + "/" + name
        if RawFile.isLink(path) { return FileStamp(path: path) == nil ? [path] : [] }
        return RawFile.isFolder(path) ? look(into: path, depth: depth + 1) : []
      }
    }
    return look(into: site.content, depth: 0)
  }

  /// The files that `reads` and nothing else takes, below `content/`; a folder of which nothing is read by its own name.
  package static func files(in site: SiteFolder, reads: Set<String>, data: [String]) -> [String] {
    let closed = data + [site.settings, site.modelSettings, site.content + "/" + OwnFiles.folder]
    var unread: [String] = []
    var readFolders: Set<Substring> = []
    for (path, name) in FileTree.files(at: site.content) {
      let isRead =
        reads.contains(path) || closed.contains { path == $0 || path.hasPrefix($0 + "/") }
        // A draft, or a text that waits for its day.
        || AuthorFile.Kind.allCases.contains { name.hasPrefix($0.rawValue + "/") } && AuthorFile.isMarkdown(name)
      if isRead {
        readFolders.formUnion(folders(of: name))
      } else if !isAside(String(name.split(separator: "/").last ?? "")) {
        unread.append(name)
      }
    }
    var told: [String] = []
    for name in unread {
      let shown = folders(of: name).first { !readFolders.contains($0) }.map { $0 + "/" } ?? name
      if told.last != shown { told.append(shown) }
    }
    return told
  }

  /// The folders that a path stands in, the outermost first.
  private static func folders(of name: String) -> [Substring] {
    name.indices.filter { name[$0] == "/" }.map { name[..<$0] }
  }

  /// What the owner is told about them.
  package static func notes(in site: SiteFolder, reads: Set<String>, data: [String]) -> [String] {
    var notes = danglingLinks(in: site).map { "\($0): this link leads to nothing, so it is left out" }
    let unread = files(in: site, reads: reads, data: data)
    if !unread.isEmpty {
      notes.append(
        "\(site.content): nothing reads \(unread.prefix(10).joined(separator: ", "))"
          + (unread.count > 10 ? " and \(unread.count - 10) more" : "")
          + "; what is to go out as it is belongs into content/\(OwnFiles.folder)/, ratings are named under data in site.yaml"
      )
    }
    let beside = ["static", "public"].filter {
      !FileTree.files(at: site.path + "/" + $0).isEmpty && RawFile.isMissing(site.content + "/" + OwnFiles.folder)
    }
    notes += beside.map {
      "\(site.path)/\($0): nothing reads this folder; what is to go out as it is belongs into content/\(OwnFiles.folder)/"
    }
    return notes
  }
}
