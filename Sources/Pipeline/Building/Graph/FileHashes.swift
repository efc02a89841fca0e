import LinearAlgebra
import Platform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Hashes of the files that a build reads. A file is read again only where its stamp differs from the one that it had
/// when it was hashed, so a restored or copied folder costs one reading and gives the same hashes.
struct FileHashes: Codable, Sendable {
  private struct Known: Codable {
    var stamp: FileStamp
    var hash: UInt64
  }

  private var known: [String: Known] = [:]
  private var used: Set<String> = []

  private enum CodingKeys: String, CodingKey { case known }

  init() {}

  /// The hashes of `paths`, in their order.
  ///
  /// - Throws: `PlatformError.missing` for a file that cannot be read.
  mutating func hashes(of paths: [String], threads: ThreadCount) throws -> [UInt64] {
    let stamps = paths.map { FileStamp(path: $0) }
    let trusted = zip(paths, stamps).map { path, stamp in known[path].flatMap { $0.stamp == stamp ? $0.hash : nil } }
    let hashes = threads.map(paths.count) { [trusted] index in
      trusted[index] ?? ContentHash(contentsOf: paths[index])?.value
    }
    var result: [UInt64] = []
    for (index, path) in paths.enumerated() {
      guard let hash = hashes[index], let stamp = stamps[index] else { throw PlatformError.missing(path: path) }
      result.append(hash)
      used.insert(path)
      // A file that is being written as it is read is not known.
      known[path] = stamp.isSettled && FileStamp(path: path) == stamp ? Known(stamp: stamp, hash: hash) : nil
    }
    return result
  }

  /// Forgets what this build did not ask for.
  mutating func forgetUnused() { known = known.filter { used.contains($0.key) } }
}
