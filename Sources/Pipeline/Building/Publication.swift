import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes a site beside its place and puts it there whole.
///
/// Files go into a hidden folder next to the output folder; `publish` exchanges the two in one step of the file
/// system. Until then, and whenever anything fails or the process is killed, visitors see the old site.
package final class Publication: Sendable {
  private let output: String
  private let staging: String
  private let totals = Mutex((files: 0, bytes: 0, kept: 0))
  /// What an output folder may hold besides a site: a note for those who look into the repository.
  private static let note = "README.md"

  /// Prepares to replace the site at `output`, and clears what a killed build left beside it.
  ///
  /// - Throws: `PipelineError.foreignOutput` where the folder holds something else than a site.
  package init(output: String) throws {
    self.output = output
    let place = URL(fileURLWithPath: output)
    staging = place.deletingLastPathComponent().appendingPathComponent(".\(place.lastPathComponent).next").path
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
    let visible = entries.filter { !$0.hasPrefix(".") && $0 != Self.note }
    guard visible.isEmpty || FileManager.default.fileExists(atPath: output + "/build.json") else {
      throw PipelineError.foreignOutput(path: output)
    }
    do {
      if FileManager.default.fileExists(atPath: staging) { try FileManager.default.removeItem(atPath: staging) }
      try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
    } catch {
      throw PipelineError.notWritable(path: staging, reason: "\(error)")
    }
  }

  /// Adds a file of the site, with the folders on its way. May be called from several threads.
  ///
  /// A file whose bytes are those of the present site is linked, not written: its time stamp stays, and so does
  /// whatever a host or rsync keeps by it.
  package func write(_ bytes: [UInt8], to path: String) throws {
    let full = staging + "/" + path
    let isSame = RawFile.holds(bytes, at: output + "/" + path)
    do {
      try RawFile.creatingFolders(for: full) {
        if isSame, RawFile.link(output + "/" + path, to: full) { return }
        try RawFile.write(bytes, to: full)
      }
    } catch {
      throw PipelineError.notWritable(path: full, reason: "\(error)")
    }
    totals.withLock {
      $0.files += 1
      $0.bytes += bytes.count
      $0.kept += isSame ? 1 : 0
    }
  }

  /// Files and bytes written so far.
  package var total: (files: Int, bytes: Int) { totals.withLock { ($0.files, $0.bytes) } }

  /// Puts the new site in the old one's place.
  ///
  /// - Returns: how many files were written anew or with other bytes, are the same as before, and are gone.
  package func publish() throws -> (written: Int, kept: Int, removed: Int) {
    let manager = FileManager.default
    let changes = changes()
    do {
      let note = output + "/" + Self.note
      if manager.fileExists(atPath: note), !manager.fileExists(atPath: staging + "/" + Self.note) {
        try manager.copyItem(atPath: note, toPath: staging + "/" + Self.note)
      }
      guard manager.fileExists(atPath: output) else {
        try manager.createDirectory(
          atPath: URL(fileURLWithPath: output).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try RawFile.move(staging, to: output)
        return changes
      }
      try RawFile.exchange(staging, output)
      // The old site is in the staging folder now. Hidden entries, such as a checkout's .git, are not the site's.
      for entry in try manager.contentsOfDirectory(atPath: staging) where entry.hasPrefix(".") {
        try RawFile.move(staging + "/" + entry, to: output + "/" + entry)
      }
      try manager.removeItem(atPath: staging)
    } catch {
      throw PipelineError.notWritable(path: output, reason: "\(error)")
    }
    return changes
  }

  /// Removes what was written without publishing it.
  package func abandon() { try? FileManager.default.removeItem(atPath: staging) }

  private func changes() -> (written: Int, kept: Int, removed: Int) {
    var removed = 0
    for path in (try? FileManager.default.subpathsOfDirectory(atPath: output)) ?? [] {
      let isHidden = path.hasPrefix(".")
      if !isHidden, path != Self.note, RawFile.isFile(output + "/" + path), !RawFile.isFile(staging + "/" + path) {
        removed += 1
      }
    }
    let (files, _, kept) = totals.withLock { $0 }
    return (files - kept, kept, removed)
  }
}
