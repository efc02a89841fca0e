#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of a folder and of those inside it.
package enum FileTree {
  /// All files at or below `path` but hidden ones, sorted, each with its path below `path` ("" for a file itself). A link
  /// back to a folder that it lies in is not followed.
  package static func files(at path: String, depth: Int = 8) -> [(path: String, name: String)] {
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
