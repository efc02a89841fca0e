import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of `content/static/`, which go out as they are, to the same paths below the output folder: CNAME,
/// favicon.ico, `_headers`, `.well-known/`, downloads, a robots.txt.
enum OwnFiles {
  static let folder = "static"

  /// Hidden files go out as well; not what file managers and version control leave behind.
  private static let droppings: Set = [".git", ".DS_Store", "Thumbs.db", "desktop.ini"]

  /// - Throws: `PipelineError.dataMissing` for a link that leads nowhere.
  static func all(in site: SiteFolder) throws -> [OwnFile] {
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
          throw PipelineError.dataMissing(path: full + "/" + name)
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
        throw PipelineError.dataMissing(path: source)
      }
      return [UInt8](data)
    }
  }
}

extension Build {
  /// Names what is in the output folder and is not Marquee's.
  func tell(_ findings: Publication.Findings, of output: String) {
    if !findings.foreign.isEmpty {
      observer.note("\(output): Marquee did not write these, and they stay: \(Self.list(findings.foreign))")
    }
    if !findings.replaced.isEmpty {
      observer.note(
        "\(output): these were changed by hand, and the site's own took their place: \(Self.list(findings.replaced)); "
          + "what they were is in \(Publication.keptFolder(folder.trees))")
    }
  }

  /// Says what hosts take where the new site is too much for one.
  func tell(ofSize files: [(path: String, size: Int)]) {
    if let words = HostLimits.note(on: HostLimits.Extent(files), settings: settings.site) { observer.note(words) }
  }

  private static func list(_ paths: [String]) -> String {
    paths.prefix(20).joined(separator: ", ") + (paths.count > 20 ? " and \(paths.count - 20) more" : "")
  }
}
