import LinearAlgebra
import Site

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
  /// - Throws: `PipelineError.dataMissing` for a file that cannot be read.
  mutating func hashes(of paths: [String], threads: ThreadCount) throws -> [UInt64] {
    let stamps = paths.map { FileStamp(path: $0) }
    let trusted = zip(paths, stamps).map { path, stamp in known[path].flatMap { $0.stamp == stamp ? $0.hash : nil } }
    let hashes = threads.map(paths.count) { [trusted] index in
      trusted[index] ?? ContentHash(contentsOf: paths[index])?.value
    }
    var result: [UInt64] = []
    for (index, path) in paths.enumerated() {
      guard let hash = hashes[index], let stamp = stamps[index] else { throw PipelineError.dataMissing(path: path) }
      result.append(hash)
      used.insert(path)
      // A file that is being written as it is read is not known.
      known[path] = stamp.isSettled && FileStamp(path: path) == stamp ? Known(stamp: stamp, hash: hash) : nil
    }
    return result
  }

  /// Forgets what this build did not ask for.
  mutating func forgetUnused() { known = known.filter { used.contains($0.key) } }

  /// All files at or below `path` but hidden ones, sorted, each with its path below `path` ("" for a file itself). A link
  /// back to a folder that it lies in is not followed.
  static func files(at path: String, depth: Int = 8) -> [(path: String, name: String)] {
    files(at: path, depth: depth, within: [])
  }

  private static func files(
    at path: String, depth: Int, within folders: Set<String>
  ) -> [(path: String, name: String)] {
    var isFolder = false
    guard exists(path, &isFolder) else { return [] }
    guard isFolder else { return [(path, "")] }
    guard folders.count < depth, let place = ResolvedPath.of(path), !folders.contains(place) else { return [] }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { name in
      files(at: path + "/" + name, depth: depth, within: folders.union([place]))
        .map { ($0.path, $0.name.isEmpty ? name : name + "/" + $0.name) }
    }
  }

  private static func exists(_ path: String, _ isFolder: inout Bool) -> Bool {
    #if canImport(FoundationEssentials)
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    #else
      var answer: ObjCBool = false
      defer { isFolder = answer.boolValue }
      return FileManager.default.fileExists(atPath: path, isDirectory: &answer)
    #endif
  }
}
