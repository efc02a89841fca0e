import Markdown
import Platform
import Ratings
import YAML
import Yams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SiteSettings {
  /// Reads `content/site.yaml` of a site's folder. Data paths in it are relative to `content/`.
  ///
  /// - Throws: `SettingsError` with file, line and the nearest known word.
  package init(readingFrom folder: SiteFolder) throws {
    let path = folder.settings
    let text = try Self.text(of: folder)
    self.init()
    tuned = try TunedSettings(readingFrom: folder)
    let node: Node?
    do {
      node = try YAMLText.root(of: text)
    } catch {
      throw SettingsError.wrong(
        path: path, line: error.line, problem: "is not YAML (\(error.problem))",
        advice: "quote values that hold a colon, and indent with spaces")
    }
    guard let node else { return }
    guard let mapping = node.mapping else {
      throw SettingsError.wrong(
        path: path, line: 1, problem: "contains no settings", advice: "write lines such as “title: My films”")
    }
    notes = CutText.all(in: node, of: text, texts: ["title", "description", "author"])
      .map { "\(path):\($0.line): \($0)" }
    let known = Dictionary(uniqueKeysWithValues: SiteSetting.all.map { ($0.name, $0) })
    var seen = Set<String>()
    for (key, value) in mapping {
      let place = SettingPlace(path: path, line: key.mark?.line, key: key.string ?? "?", content: folder.content)
      guard let setting = known[place.key] else {
        let names = known.keys.sorted()
        let nearest = Spelling.nearest(to: place.key, among: names)
        throw place.error(
          "no setting is called “\(place.key)”",
          nearest.map { "did you mean “\($0)”?" } ?? "known are \(names.joined(separator: ", "))")
      }
      guard seen.insert(place.key).inserted else { throw place.error("“\(place.key)” is set twice", "keep one") }
      try setting.read(&self, value, place)
    }
  }

  /// The text of `content/site.yaml`, in any encoding that can be detected.
  private static func text(of folder: SiteFolder) throws -> String {
    let path = folder.settings
    guard let data = FileManager.default.contents(atPath: path) else {
      if RawFile.isMissing(path) { throw SettingsError.noSite(folder: folder.path) }
      throw PlatformError.unreadable(path: path)
    }
    do {
      return try AuthorText.decoded([UInt8](data), path: path)
    } catch {
      guard case .notUTF8(_, let line) = error else { throw error }
      throw SettingsError.wrong(path: path, line: line, problem: "is not in UTF-8", advice: "save it in that encoding")
    }
  }
}
