package import Templates

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How the site looks: its templates and assets.
///
/// A theme is a folder with `*.mustache` files, named by their path without the ending, and a folder `assets/` whose
/// files are published under names with a fingerprint, and a folder `texts/` with the words of each language. Other
/// files are left alone.
package struct Theme: Sendable {
  /// A file that is published as it is.
  package struct Asset: Sendable, Equatable {
    /// The path under `assets/`, such as "style.css" or "fonts/title.woff2".
    package var name: String
    package var bytes: [UInt8]
    /// Where it was read, for messages.
    package var path: String

    package init(name: String, bytes: [UInt8], path: String = "") {
      self.name = name
      self.bytes = bytes
      self.path = path
    }
  }

  /// Sorted by name.
  package private(set) var templates: [TemplateSource]
  /// Sorted by name.
  package private(set) var assets: [Asset]
  /// The files of `texts/`, in the order of the folders.
  package private(set) var texts: [TextFile]
  /// The folders that the theme was read from.
  package private(set) var folders: [String]

  package init(templates: [TemplateSource], assets: [Asset], texts: [TextFile], folders: [String] = []) {
    self.templates = templates.sorted { $0.name < $1.name }
    self.assets = assets.sorted { $0.name < $1.name }
    self.texts = texts
    self.folders = folders
  }

  /// Reads the theme in `folders`; a file in a later folder takes the place of the one with the same path in an
  /// earlier folder.
  ///
  /// - Throws: `SiteError` for a folder or file that cannot be read and a template that is not UTF-8.
  package init(folders: [String]) throws {
    var templates: [String: TemplateSource] = [:]
    var assets: [String: Asset] = [:]
    var texts: [TextFile] = []
    for folder in folders {
      guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
        throw SiteError.folderUnreadable(path: folder)
      }
      for path in paths.sorted() where !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        let file = folder.hasSuffix("/") ? folder + path : folder + "/" + path
        if path.hasSuffix(".mustache") {
          let name = String(path.dropLast(".mustache".count))
          guard let text = String(validating: try Self.bytes(of: file), as: UTF8.self) else {
            throw SiteError.templateNotUTF8(path: file)
          }
          templates[name] = TemplateSource(name: name, path: file, text: text)
        } else if path.hasPrefix("texts/"), path.hasSuffix(".yaml") {
          guard let yaml = String(validating: try Self.bytes(of: file), as: UTF8.self) else {
            throw SiteError.templateNotUTF8(path: file)
          }
          let name = path.dropFirst("texts/".count).dropLast(".yaml".count)
          texts.append(TextFile(language: String(name), path: file, yaml: yaml))
        } else if path.hasPrefix("assets/"), !Self.isFolder(file) {
          let name = String(path.dropFirst("assets/".count))
          assets[name] = Asset(name: name, bytes: try Self.bytes(of: file), path: file)
        }
      }
    }
    self.init(templates: Array(templates.values), assets: Array(assets.values), texts: texts, folders: folders)
  }

  private static func bytes(of file: String) throws(SiteError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: file) else { throw .fileUnreadable(path: file) }
    return Array(data)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: Bool = false
    #if canImport(FoundationEssentials)
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    #else
      var answer: ObjCBool = false
      isFolder = FileManager.default.fileExists(atPath: path, isDirectory: &answer) && answer.boolValue
      return isFolder
    #endif
  }
}
