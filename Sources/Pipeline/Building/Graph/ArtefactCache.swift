import BinaryFiles
import Platform
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Results of stages under `.marquee/cache/`, each named by the fingerprint of its inputs: a file there is right or it is
/// not there. The folder may be kept, moved and copied to other machines.
struct ArtefactCache: Sendable {
  let folder: String
  /// Names that this build asked for.
  private(set) var used: Set<String> = []
  /// Whether what the build before used stays.
  var keepsFormer = true

  init(folder: String) { self.folder = folder }

  /// The path of an artefact, such as `model-als-0123456789abcdef.bin`.
  mutating func path(_ kind: String, _ key: some CustomStringConvertible) -> String {
    let name = "\(kind)-\(key).bin"
    used.insert(name)
    return "\(folder)/\(name)"
  }

  /// Gives an artefact the plain name by which commands know it.
  static func publish(_ path: String, as name: String) throws {
    let aside = name + ".new"
    unlink(aside)
    if !RawFile.link(path, to: aside) { try FileManager.default.copyItem(atPath: path, toPath: aside) }
    try RawFile.move(aside, to: name)
    // Where both names are one file already, the move does nothing and leaves the second name.
    unlink(aside)
  }

  /// Removes what neither this build nor, where that stays, the one before used.
  func removeUnused(_ memory: inout BuildMemory) {
    for name in used { memory.artefacts[name] = memory.builds }
    memory.artefacts = memory.artefacts.filter { $0.value >= memory.builds - (keepsFormer ? 1 : 0) }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where memory.artefacts[name] == nil {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  private static func unlink(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
