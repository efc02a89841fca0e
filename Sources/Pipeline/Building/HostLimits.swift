import Site

/// What the usual hosts of plain files take.
package struct HostLimits {
  let host: String
  var files = Int.max
  var bytes = Int.max
  /// Of one file.
  var fileBytes = Int.max

  /// As their documentation has them.
  package static let usual = [
    HostLimits(host: "Cloudflare Pages (free)", files: 20_000, fileBytes: 25 << 20),
    HostLimits(host: "Cloudflare Pages (paid)", files: 100_000, fileBytes: 25 << 20),
    HostLimits(host: "GitHub Pages", bytes: 1_000_000_000),
    HostLimits(host: "GitLab Pages", files: 200_000, bytes: 1_000_000_000),
  ]

  /// The size of a site.
  package struct Extent: Equatable {
    var files = 0
    var bytes = 0
    var largest = 0

    package mutating func add(_ size: Int) {
      files += 1
      bytes += size
      largest = max(largest, size)
    }

    /// All that lies below a folder.
    init(of folder: String) {
      for file in FileHashes.files(at: folder, depth: 32) { add(FileStamp(path: file.path)?.size ?? 0) }
    }

    package init() {}

    var words: String { "\(files) files, \(bytes >> 20) MB" }
  }

  /// Why a site does not fit; nil where it does.
  package func excess(of site: Extent) -> String? {
    var words: [String] = []
    if site.files > files { words.append("\(files) files") }
    if site.bytes > bytes { words.append("\(bytes / 1_000_000) MB") }
    if site.largest > fileBytes { words.append("\(fileBytes >> 20) MB for one file") }
    return words.isEmpty ? nil : "\(host) takes \(words.joined(separator: " and "))"
  }

  /// What the owner should know of a site's size; nil where every host takes it.
  static func note(on site: Extent, settings: SiteConfiguration) -> String? {
    let excess = usual.compactMap { $0.excess(of: site) }
    guard !excess.isEmpty else { return nil }
    var ways: [String] = []
    if settings.writesFilmJSON { ways.append("film-json: absent") }
    if settings.members == .shown || settings.members == .unlisted { ways.append("members: packed") }
    let advice = ways.isEmpty ? "" : "; \(ways.joined(separator: " and ")) in site.yaml make it fewer"
    return "the site has \(site.words): \(excess.joined(separator: ", "))\(advice)"
  }
}
