import Platform
package import Settings
package import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of `content/static/`, which go out as they are, to the same paths below the output folder: CNAME,
/// favicon.ico, `_headers`, `.well-known/`, downloads, a robots.txt.
package enum OwnFiles {
  package static let folder = "static"

  /// Hidden files go out as well; not what file managers and version control leave behind.
  private static let droppings: Set = [".git", ".DS_Store", "Thumbs.db", "desktop.ini"]

  /// - Throws: `PlatformError.missing` for a link that leads nowhere.
  package static func all(in site: SiteFolder) throws -> [OwnFile] {
    var files: [OwnFile] = []
    func look(into inner: String, below folders: Set<String>) throws {
      let full = site.content + "/" + folder + (inner.isEmpty ? "" : "/" + inner)
      // A link into a folder that it lies in would never end.
      guard let resolved = ResolvedPath.of(full), !folders.contains(resolved) else { return }
      for name in (RawFile.entries(of: full) ?? []).sorted() where !droppings.contains(name) {
        let path = inner.isEmpty ? name : inner + "/" + name
        if RawFile.isFolder(full + "/" + name) {
          try look(into: path, below: folders.union([resolved]))
        } else if FileStamp(path: full + "/" + name) == nil {
          throw PlatformError.missing(path: full + "/" + name)
        } else {
          files.append(OwnFile(full + "/" + name, as: path))
        }
      }
    }
    try look(into: "", below: [])
    return files
  }
}

extension OwnFile {
  /// A file of the disk, read when it is published.
  init(_ source: String, as path: String) {
    self.init(path: path, source: source) {
      guard let data = FileManager.default.contents(atPath: source) else {
        throw PlatformError.missing(path: source)
      }
      return [UInt8](data)
    }
  }
}
