import LinearAlgebra
import Precompute
import Site
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Build {
  /// Renders every file of the site into the publication.
  func render(_ website: Website, to publication: Publication) throws {
    try tellOwner(of: website.unlistedMembers)
    let failure = Mutex<(any Error)?>(nil)
    let done = Mutex(0)
    let count = website.outputCount
    options.threads.forEachBlock(of: count, blockSize: 64) { block in
      guard failure.withLock({ $0 == nil }) else { return }
      var bytes: [UInt8] = []
      do {
        for index in block {
          bytes.removeAll(keepingCapacity: true)
          let path = try website.render(index, into: &bytes)
          try publication.write(bytes, to: path)
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
      let finished = done.withLock { done in
        done += block.count
        return done
      }
      observer.progress("render", Double(finished) / Double(count))
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Writes the addresses of unlisted members where only the owner finds them.
  private func tellOwner(of members: [(id: String, url: String)]) throws {
    guard !members.isEmpty else { return }
    let lines = members.map { "\"\($0.id.replacing("\"", with: "\"\""))\",\($0.url)\n" }
    let path = folder.state + "/members.csv"
    try RawFile.write(Array(("member,address\n" + lines.joined()).utf8), to: path)
    observer.note("the addresses of the members are in \(path)")
  }

  /// The site with the owner's words, theme and settings.
  func website(_ pages: Precomputed, stages: [(name: String, fingerprint: String)]) throws -> Website {
    let standard = try Distribution.folder() + "/site-templates"
    let hasOwn = folder.templates != standard && FileManager.default.fileExists(atPath: folder.templates)
    let theme = try Theme(folders: [standard] + (hasOwn ? [folder.templates] : []))
    var configuration = settings.site
    configuration.quality = settings.quality.rawValue
    configuration.version = Distribution.version
    configuration.showsSampleNote = settings.data.contains { $0.hasSuffix("/content/sample") }
    let content = try ContentFolder(folder, showsSample: configuration.showsSampleNote)
    return try Website(
      configuration: configuration, precomputed: pages, theme: theme, pages: content.pages, posts: content.posts,
      lists: content.lists, posters: content.posters, stages: stages)
  }
}
