import Platform
package import Site

/// What the usual hosts of plain files take.
package struct HostLimits {
  package let host: String
  package var files = Int.max
  package var bytes = Int.max
  /// Of one file.
  var fileBytes = Int.max
  /// In one folder, without those in folders inside.
  var folderEntries = Int.max

  /// As their documentation has them.
  package static let usual = [
    HostLimits(host: "Cloudflare Pages (free)", files: 20_000, fileBytes: 25 << 20),
    HostLimits(host: "Cloudflare Pages (paid)", files: 100_000, fileBytes: 25 << 20),
    HostLimits(host: "GitHub Pages", bytes: 1_000_000_000),
    HostLimits(host: "GitLab Pages", files: 200_000, bytes: 1_000_000_000),
    HostLimits(host: "Netlify", folderEntries: 54_000),
  ]

  /// The size of a site.
  package struct Extent: Equatable {
    package var files = 0
    package var bytes = 0
    var largest = 0
    /// Files and folders in the folder that has the most of them.
    var fullestFolder = 0

    /// - Parameter files: path below the site and size.
    package init(_ files: [(path: String, size: Int)]) {
      // Of each folder, once for each file and each folder in it.
      var entries: [Substring: Int] = [:]
      // With fewer files no folder can hold too many.
      let isLarge = files.count > HostLimits.usual.map(\.folderEntries).min() ?? 0
      for (path, size) in files {
        self.files += 1
        bytes += size
        largest = max(largest, size)
        guard isLarge else { continue }
        var rest = path[...]
        while true {
          let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/"))
          let folder = slash.map { rest[..<$0] } ?? ""
          entries[folder, default: 0] += 1
          // A folder counts in the one around it when it is met first.
          guard slash != nil, entries[folder] == 1 else { break }
          rest = folder
        }
      }
      fullestFolder = entries.values.max() ?? 0
    }

    /// All that lies below a folder.
    package init(of folder: String) {
      self.init(FileTree.files(at: folder, depth: 32).map { ($0.name, FileStamp(path: $0.path)?.size ?? 0) })
    }

    package var words: String { "\(files) files, \(bytes >> 20) MB" }
  }

  /// Why a site does not fit; nil where it does.
  package func excess(of site: Extent) -> String? {
    var words: [String] = []
    if site.files > files { words.append("\(files) files") }
    if site.bytes > bytes { words.append("\(bytes / 1_000_000) MB") }
    if site.largest > fileBytes { words.append("\(fileBytes >> 20) MB for one file") }
    if site.fullestFolder > folderEntries { words.append("\(folderEntries) entries in one folder") }
    return words.isEmpty ? nil : "\(host) takes \(words.joined(separator: " and "))"
  }

  /// What the owner should know of a site's size; nil where every host takes it.
  package static func note(on site: Extent, settings: SiteConfiguration) -> String? {
    let excess = usual.compactMap { $0.excess(of: site) }
    guard !excess.isEmpty else { return nil }
    return "the site has \(site.words): \(excess.joined(separator: ", "))\(advice(settings).map { "; \($0)" } ?? "")"
  }

  /// The settings that make a site's files fewer; nil where all are set.
  package static func advice(_ settings: SiteConfiguration) -> String? {
    var ways: [String] = []
    if settings.writesFilmJSON { ways.append("film-json: absent") }
    if settings.members == .shown || settings.members == .unlisted { ways.append("members: packed") }
    return ways.isEmpty ? nil : "\(ways.joined(separator: " and ")) in site.yaml make it fewer"
  }
}
