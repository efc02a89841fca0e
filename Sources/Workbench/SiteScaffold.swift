import Platform
import Settings
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A new site to start from.
package struct SiteScaffold: Sendable {
  /// A service that builds sites, for which there is a workflow file.
  package enum Workflow: String, CaseIterable, Sendable {
    case github, gitlab

    /// Where the service looks for them, and their names among Marquee's own files.
    var files: [(path: String, source: String)] {
      switch self {
      case .github:
        [
          (".github/workflows/site.yml", "github-site.yml"), (".github/workflows/ratings.yml", "github-ratings.yml"),
        ]
      case .gitlab: [(".gitlab-ci.yml", "gitlab-ci.yml")]
      }
    }
  }

  /// What `site.yaml` gets; nil leaves the sample's.
  package var title: String?
  package var url: String?
  package var language: String?
  /// Ratings instead of the sample's: an existing file or folder.
  package var data: String?
  package var workflows: Set<Workflow> = []

  package init() {}

  /// What is wrong with an answer to a question, and how to fix it; nil where nothing is.
  package static func fault(inURL url: String) -> String? {
    let isAddress = url.hasPrefix("https://") || url.hasPrefix("http://")
    return isAddress && !url.contains(where: \.isWhitespace)
      ? nil : "“\(url)” is not an address; begin it with https://"
  }

  package static func fault(inLanguage language: String) -> String? {
    let parts = language.split(separator: "-", omittingEmptySubsequences: false)
    let isTag =
      parts.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
      && (2...3).contains(parts[0].count)
    return isTag ? nil : "“\(language)” is not a language tag; write one such as en, de or pt-BR"
  }

  package static func fault(inData path: String) -> String? {
    FileManager.default.fileExists(atPath: path) ? nil : "\(path): does not exist; check the path"
  }

  /// Makes a site in `path`: settings, pages and the sample data, ready to build and to be made one's own.
  ///
  /// - Returns: the files that were written, relative to `path`.
  /// - Throws: `WorkbenchError.folderNotEmpty` where `path` holds something already, `PlatformError.missing` where the data are not
  ///   there; nothing is made then.
  package func create(at path: String) throws -> [String] {
    let manager = FileManager.default
    let folder = SiteFolder(path)
    let existing = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
    guard existing.isEmpty else { throw WorkbenchError.folderNotEmpty(path: path) }
    if let data, Self.fault(inData: data) != nil { throw PlatformError.missing(path: data) }
    let source = try Distribution.folder()
    do {
      try manager.createDirectory(atPath: folder.templates, withIntermediateDirectories: true)
      try manager.copyItem(atPath: source + "/content", toPath: folder.content)
      if data != nil { try? manager.removeItem(atPath: folder.content + "/sample") }
      try writeSettings(of: folder)
      var files = [
        ("site-templates/README.md", Self.templatesNote), (".gitignore", "/output/\n/.output.next/\n/.marquee/\n"),
      ]
      for workflow in workflows {
        for file in workflow.files {
          let text = try String(contentsOfFile: "\(source)/deploy/workflows/\(file.source)", encoding: .utf8)
          files.append((file.path, text))
        }
      }
      for (name, text) in files {
        let place = "\(folder.path)/\(name)"
        try RawFile.creatingFolders(for: place) { _ = try RawFile.write(Array(text.utf8), to: place) }
      }
    } catch {
      throw PlatformError.notWritable(path: path, reason: "\(error)")
    }
    return ((try? manager.subpathsOfDirectory(atPath: folder.path)) ?? [])
      .filter { RawFile.isFile("\(folder.path)/\($0)") }.sorted()
  }

  /// The sample's settings with the answers in their places, comments and all.
  private func writeSettings(of folder: SiteFolder) throws {
    var lines = try String(contentsOfFile: folder.settings, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (name, value) in [("title", title), ("url", url), ("language", language)] {
      guard let value, let index = lines.firstIndex(where: { $0.hasPrefix("\(name):") }) else { continue }
      lines[index] = "\(name): \(Self.quoted(value))"
    }
    if let data, let index = lines.firstIndex(of: "  - sample") {
      lines[index] = "  - \(Self.quoted(SiteFolder(data).path))"
    }
    try RawFile.write(Array(lines.joined(separator: "\n").utf8), to: folder.settings)
  }

  /// A text of YAML between double quotes.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static let templatesNote = """
    # The look of this site

    The site uses the theme that comes with Marquee. To change a part of it, copy that file from Marquee's
    `site-templates/` to the same place here and edit it: a file here wins over the theme's.

    """
}
