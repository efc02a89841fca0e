#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A new site to start from.
public enum SiteScaffold {
  /// Makes a site in `path`: settings, pages and the sample data, ready to build and to be made one's own.
  ///
  /// - Returns: the files that were written, relative to `path`.
  /// - Throws: `PipelineError.folderNotEmpty` where `path` holds something already.
  public static func create(at path: String) throws -> [String] {
    let manager = FileManager.default
    let folder = SiteFolder(path)
    let existing = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
    guard existing.isEmpty else { throw PipelineError.folderNotEmpty(path: path) }
    let source = try Distribution.folder() + "/content"
    do {
      try manager.createDirectory(atPath: folder.templates, withIntermediateDirectories: true)
      try manager.copyItem(atPath: source, toPath: folder.content)
      for (name, text) in [
        "site-templates/README.md": templatesNote, ".gitignore": "/output/\n/.output.next/\n/.marquee/\n",
      ] {
        try RawFile.write(Array(text.utf8), to: "\(folder.path)/\(name)")
      }
    } catch {
      throw PipelineError.notWritable(path: path, reason: "\(error)")
    }
    return ((try? manager.subpathsOfDirectory(atPath: folder.path)) ?? [])
      .filter { RawFile.isFile("\(folder.path)/\($0)") }.sorted()
  }

  private static let templatesNote = """
    # The look of this site

    The site uses the theme that comes with Marquee. To change a part of it, copy that file from Marquee's
    `site-templates/` to the same place here and edit it: a file here wins over the theme's.

    """
}
