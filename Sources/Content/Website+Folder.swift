package import LinearAlgebra
package import Precompute
package import Settings
package import Site

extension Website {
  /// The website that a site's folder and settings make of `pages`.
  package init(
    _ pages: Precomputed, of folder: SiteFolder, settings: SiteSettings,
    stages: [(name: String, fingerprint: String)] = [], inputs: UInt64? = nil,
    threads: ThreadCount = .allCores, note: (String) -> Void = { _ in }
  ) throws {
    var configuration = settings.site
    configuration.quality = settings.quality.rawValue
    configuration.version = Distribution.version
    configuration.showsSampleNote = settings.data.contains { $0.hasSuffix("/content/sample") }
    var settings = settings
    settings.site = configuration
    let content = try ContentFolder(folder, settings: settings, today: SiteSettings.today)
    for line in content.notes { note(line) }
    try self.init(
      configuration: configuration, precomputed: pages, theme: try Theme(folders: folder.themeFolders()),
      pages: content.pages, posts: content.posts, lists: content.lists, posters: content.posters, files: content.files,
      stages: stages, inputs: inputs, threads: threads)
  }
}
