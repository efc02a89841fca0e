package import LinearAlgebra
import Platform
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes a site into a second folder and exchanges the two.
///
/// Two folders alternate. The one next to the output folder (`.output.next`) becomes the new site: what it lacks is
/// linked from the present site where the bytes are the same and written where they are not. Then the two are exchanged
/// in one step of the file system, and the old site is kept for the next build. Until that step, and whenever anything fails or
/// the process is killed, visitors see the old site; a build costs what changed since the last one but one. A folder
/// that cannot be exchanged, since it is mounted, gets its files one by one.
///
/// What Marquee wrote is recorded in a list with the files (`SiteManifest`). Everything else in the output folder belongs to
/// somebody: it is carried over into the new site, and reported.
package final class Publication: Sendable {
  /// What became of the files: newly or differently written, the same as before, and gone.
  package typealias Changes = (written: Int, kept: Int, removed: Int)

  /// A file as it is in its folder.
  struct Place: Sendable {
    var modified: Int64
    var inode: UInt64

    init(_ stamp: FileStamp) { (modified, inode) = (Int64(stamp.modified), stamp.inode) }

    init(_ entry: SiteTree.Entry) { (modified, inode) = (entry.modified, entry.inode) }
  }

  /// A file of the new site.
  struct Written: Sendable {
    var path: String
    var hash: UInt64
    var size: Int
    var source: UInt64
    var place: Place
    var isKept: Bool
  }

  struct Progress {
    var files: [Written] = []
    var bytes = 0
    var heaviestPage = 0
    var hasBegun = false
    /// The new site, once nothing is missing and nothing too much.
    var tree: SiteTree?
  }

  package let output: String
  let next: String
  package let isInPlace: Bool
  /// Why, in words; empty where the folder is exchanged.
  package let reasonInPlace: String
  /// Where what is known of folders is kept.
  let state: String
  /// The present site, where something is known of it that may be relied on.
  let live: InspectedTree?
  /// The folder that is written, if something is known of it.
  let standby: InspectedTree?
  /// Whether the folder that is written was empty: it contains nothing but what is written now.
  let startsEmpty: Bool
  let progress = Mutex(Progress())
  let lock: WriteLock
  let threads: ThreadCount

  /// Prepares to replace the site at `output`.
  ///
  /// - Parameters:
  ///   - state: a folder for what builds remember of the output folder.
  ///   - isClean: nothing that was remembered is used.
  ///   - staysInPlace: the folder is not exchanged even where it could be.
  /// - Throws: `PublishingError`: `.foreignOutput` where the folder holds files and no list of Marquee's, `.outputInUse`
  ///   where another process is writing it, and what `OutputPlace` finds.
  package init(
    output: String, state: String, isClean: Bool = false, staysInPlace: Bool = false,
    threads: ThreadCount = .allCores
  ) throws {
    let place = try OutputPlace(output, state: state, staysInPlace: staysInPlace)
    (self.output, next, isInPlace) = (place.path, place.next, place.isInPlace)
    reasonInPlace = place.reasonInPlace
    self.state = state
    self.threads = threads
    let lock: WriteLock?
    do {
      try RawFile.makeFolders(state)
      try RawFile.makeFolders(next)
      lock = try WriteLock(next)
    } catch {
      throw PlatformError.notWritable(path: next, reason: "\(error)")
    }
    guard let lock else { throw PublishingError.outputInUse(path: place.path) }
    self.lock = lock
    let live = isClean ? nil : Self.known(place.path, state, threads)
    let former = Self.known(place.next, state, beside: live, threads)
    do {
      let hasMoved = try Self.bringBack(from: place, former)
      startsEmpty = RawFile.entries(of: next)?.isEmpty ?? false
      self.live = hasMoved && !isClean ? Self.known(place.path, state, threads) : live
      standby = isClean ? nil : hasMoved ? Self.known(next, state, threads) : former
    } catch {
      throw PlatformError.notWritable(path: next, reason: "\(error)")
    }
  }

  static func known(
    _ folder: String, _ state: String, beside other: InspectedTree? = nil, _ threads: ThreadCount
  ) -> InspectedTree? {
    FileStamp(path: folder).flatMap { SiteTree(root: $0.inode, in: state) }
      .map { InspectedTree($0, at: folder, beside: other, threads: threads) }
  }

  /// The number of files of the present site, if it was made from what `key` stands for and is whole; otherwise nil.
  package func currentFileCount(madeFrom key: UInt64 = 0) -> Int? {
    guard let live, live.tree.key == key, live.isWhole else { return nil }
    return live.tree.fileCount
  }

  /// Adds a file of the site, with the folders on its way. May be called from several threads.
  ///
  /// A file whose bytes are those of the present site is linked, not written: its time stamp stays, and so does
  /// whatever a host or rsync keeps by it.
  ///
  /// - Parameter source: the fingerprint of what the file is made from, by which a later build keeps it; 0 for none.
  /// - Returns: whether it is the present site's file.
  @discardableResult
  package func write(_ bytes: [UInt8], to path: String, madeFrom source: UInt64 = 0) throws -> Bool {
    let hash = ContentHash(bytes).value
    let present = presentFile(path, bytes, hash)
    let written = try place(path, hash: hash, size: bytes.count, source: source, present: present) { bytes }
    return written && present != nil
  }

  /// Keeps a file of the present site whose source has not changed, without making it again.
  ///
  /// - Returns: false where it is not as it was left, or cannot be linked.
  package func keep(_ path: String) throws -> Bool {
    guard let (entry, state) = live?.file(path), state != .unknown else { return false }
    return try keep(path, entry)
  }

  /// Keeps the present site's file at that path if it was made from `source`, without making it again.
  ///
  /// - Returns: false where it was made from something else, is not as it was left, or cannot be linked.
  package func keep(_ path: String, madeFrom source: UInt64) throws -> Bool {
    guard source != 0, let (entry, state) = live?.file(path), state != .unknown, entry.source == source else {
      return false
    }
    return try keep(path, entry)
  }

  /// Keeps all files of the present site that were made from `source`.
  ///
  /// - Returns: their paths, and whether nothing that was made from it is missing.
  package func keepAll(madeFrom source: UInt64) throws -> (paths: Set<String>, isWhole: Bool) {
    guard source != 0, let live else { return ([], false) }
    let files = live.tree.files.filter { live.tree.entries[$0].source == source }
    let paths = try files.map { live.tree.path(of: $0) }.filter { try keep($0, madeFrom: source) }
    return (Set(paths), !files.isEmpty && paths.count == files.count)
  }

  private func keep(_ path: String, _ entry: SiteTree.Entry) throws -> Bool {
    try place(path, hash: entry.hash, size: Int(entry.size), source: entry.source, present: Place(entry)) { nil }
  }

  /// - Parameter bytes: called where they must be written; without any the file is not added.
  /// - Returns: whether the file was added.
  private func place(
    _ path: String, hash: UInt64, size: Int, source: UInt64, present: Place?, bytes: () -> [UInt8]?
  ) throws -> Bool {
    try begin()
    let full = next + "/" + path
    let waiting = standby?.file(path)
    let isWaiting =
      waiting.map { $0.state != .unknown && $0.entry.hash == hash && $0.entry.size == size } ?? false
    var place: Place?
    do {
      if let present {
        if isWaiting, waiting?.entry.inode == present.inode {
          place = present
        } else if try link(path) {
          place = present
        }
      } else if isWaiting {
        // What was right before the last build is right again, but it is news to visitors.
        place = RawFile.touch(full).map { Place($0) }
      }
      if place == nil, let bytes = bytes() {
        // A file that is also known by another name is not written into.
        place = try RawFile.creatingFolders(for: full, replacingFilesBelow: next) {
          Place(try RawFile.write(bytes, to: full, anew: waiting?.state != .known))
        }
      }
    } catch {
      throw PlatformError.notWritable(path: full, reason: "\(error)")
    }
    guard let place else { return false }
    let written = Written(
      path: path, hash: hash, size: size, source: source, place: place, isKept: present != nil)
    progress.withLock {
      $0.files.append(written)
      $0.bytes += size
      if path.hasSuffix(".html") { $0.heaviestPage = max($0.heaviestPage, size) }
    }
    return true
  }

  /// The files so far, each with whether its bytes are those of the present site.
  package var files: [(path: String, size: Int, isKept: Bool)] {
    progress.withLock { $0.files.map { ($0.path, $0.size, $0.isKept) } }
  }

  /// What was written to a path of the new site.
  package func bytes(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: next + "/" + path) else {
      throw PlatformError.notWritable(path: next + "/" + path, reason: "what was written is gone")
    }
    return [UInt8](data)
  }

  /// Where the new site lies until it is published.
  package var folder: String { next }

  /// Bytes of the heaviest page so far.
  package var heaviestPage: Int { progress.withLock { $0.heaviestPage } }

  /// Files and bytes of the new site so far.
  package var total: (files: Int, bytes: Int) { progress.withLock { ($0.files.count, $0.bytes) } }

  /// The present site's file, if it holds these bytes.
  private func presentFile(_ path: String, _ bytes: [UInt8], _ hash: UInt64) -> Place? {
    if let (entry, state) = live?.file(path), state != .unknown {
      return entry.hash == hash && entry.size == bytes.count ? Place(entry) : nil
    }
    let full = output + "/" + path
    return RawFile.holds(bytes, at: full) ? FileStamp(path: full).map { Place($0) } : nil
  }

  /// Gives the new site the present site's file; false where that cannot be done.
  private func link(_ path: String) throws -> Bool {
    let full = next + "/" + path
    return try RawFile.creatingFolders(for: full, replacingFilesBelow: next) {
      try RawFile.replaceByLink(full, to: output + "/" + path)
    }
  }

  /// From the first change until it is finished nothing is known of the folder.
  func begin() throws {
    try progress.withLock {
      guard !$0.hasBegun else { return }
      try SiteTree.forget(root: lock.inode, in: state)
      try RawFile.write([], to: next + "/" + OutputPlace.unfinished)
      $0.hasBegun = true
    }
  }

  /// Removes the previous site, which is kept for the next build, and what is known of it: once a site is published without
  /// somebody, the one with them is gone.
  package func forgetFormer() {
    if let inode = FileStamp(path: next)?.inode { try? SiteTree.forget(root: inode, in: state) }
    try? FileManager.default.removeItem(atPath: next)
  }

  /// Removes what was written without publishing it.
  package func abandon() {
    let hasBegun = progress.withLock { $0.hasBegun }
    if hasBegun || standby == nil { removeNext() }
  }

  func removeNext() { try? FileManager.default.removeItem(atPath: next) }
}
