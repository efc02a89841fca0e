import Publishing
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file of a built site.
struct SiteFile: Equatable {
  /// Below the output folder, with slashes.
  let path: String
  let size: Int

  /// The pass in which it is sent: first assets, then pages, then files that link to them.
  var pass: Int {
    if ["index.html", "sw.js", "sitemap.xml", "feed.xml", "build.json"].contains(path) { return 2 }
    return path.hasSuffix(".html") || path.hasPrefix("sitemap") ? 1 : 0
  }

  /// Whether the site is broken for visitors without it.
  var isPage: Bool { path.hasSuffix(".html") || path == "sw.js" || path == "build.json" }

  /// Its parent folders, outermost first.
  var folders: [String] { Self.folders(of: path) }

  static func folders(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }
}

/// The contents of a folder.
struct FolderListing {
  /// Plain files, in the order of their paths.
  private(set) var files: [SiteFile] = []
  /// Symbolic links, sockets and the like, which are not followed, and unreadable folders.
  private(set) var others: [String] = []

  /// Everything below a folder except `.git` and the list of deployed files.
  ///
  /// - Throws: `DeploymentError.unreadable`.
  init(_ folder: String) throws(DeploymentError) {
    let manager = FileManager.default
    var folders = [""]
    while let inner = folders.popLast() {
      let full = inner.isEmpty ? folder : "\(folder)/\(inner)"
      guard let names = try? manager.contentsOfDirectory(atPath: full) else {
        if inner.isEmpty { throw .unreadable(path: full) }
        others.append(inner)
        continue
      }
      for name in names where name != ".git" {
        let path = inner.isEmpty ? name : "\(inner)/\(name)"
        if path == SiteManifest.deployedName { continue }
        guard let facts = try? manager.attributesOfItem(atPath: "\(folder)/\(path)") else {
          throw .unreadable(path: "\(folder)/\(path)")
        }
        switch facts[.type] as? FileAttributeType {
        case .typeDirectory?: folders.append(path)
        case .typeRegular?: files.append(SiteFile(path: path, size: (facts[.size] as? Int) ?? 0))
        default: others.append(path)
        }
      }
    }
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    others.sort()
  }

  /// The files of a built site to send: everything that Marquee wrote, and files that others added; no links, and
  /// no hidden files except those from the build.
  ///
  /// - Returns: the files, the paths of files that are not sent, and the site's list of its files.
  static func site(
    _ folder: String
  ) throws(DeploymentError) -> (files: [SiteFile], skipped: [String], list: SiteManifest) {
    let listing = try FolderListing(folder)
    let own = SiteManifest(folder: folder) ?? SiteManifest()
    func isSent(_ file: SiteFile) -> Bool {
      own.contains(file.path) || file.path == SiteManifest.name
        || !file.path.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    let skipped = listing.files.filter { !isSent($0) }.map(\.path) + listing.others
    return (listing.files.filter(isSent), skipped.sorted(), own)
  }
}
