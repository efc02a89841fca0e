import Platform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The places of a site's folder.
package struct SiteFolder: Sendable {
  /// The folder itself, absolute.
  package let path: String

  package init(_ path: String) { self.path = URL(fileURLWithPath: path).standardizedFileURL.path }

  package var content: String { path + "/content" }
  package var settings: String { content + "/site.yaml" }
  /// What `marquee tune` found.
  package var modelSettings: String { content + "/models.yaml" }
  package var templates: String { path + "/site-templates" }
  package var output: String { path + "/output" }
  /// What builds keep for themselves; safe to delete.
  package var state: String { path + "/.marquee" }
  package var database: String { state + "/marquee.sqlite" }
  package var lock: String { state + "/lock" }
  /// Held by a running server.
  package var serveLock: String { state + "/serve.lock" }
  package var precomputed: String { state + "/precomputed.bin" }
  package var models: String { state + "/models" }
  package func model(_ name: String) -> String { models + "/\(name).bin" }
  /// What builds remember of each other.
  package var memory: String { state + "/stages.json" }
  /// The figures of the last build that passed the quality gates.
  package var accepted: String { state + "/accepted.json" }
  /// Results of stages, named by what they depend on.
  package var cache: String { state + "/cache" }
  /// What is known of the files under output folders.
  package var trees: String { state + "/trees" }

  /// Whether there are settings, or may be: what cannot be looked at is not taken for missing.
  package var hasSettings: Bool { !RawFile.isMissing(settings) }
  /// The same of the database: that nobody is hidden is known where there is none.
  package var hasDatabase: Bool { !RawFile.isMissing(database) }

  /// Leaves what builds and accounts keep to its owner alone; a folder of somebody else stays as it is.
  package func keepStatePrivate() { try? RawFile.restrict(state) }

  /// The folder of the built site, checked to be there.
  package func builtSite() throws -> String {
    for candidate in [output, path] where FileManager.default.fileExists(atPath: candidate + "/build.json") {
      return candidate
    }
    throw SettingsError.notBuilt(folder: path)
  }
}
