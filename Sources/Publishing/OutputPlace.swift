import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder that a site is written to, looked at before anything is read, trained or made.
package struct OutputPlace: Sendable {
  /// Absolute and without links: a link to a folder stays, and the folder behind it is built into.
  package let path: String
  /// Where the new site is made.
  let next: String
  /// Whether the folder itself must stay and its files are replaced one by one: it is mounted, holds what is mounted, is bound
  /// by a container, or lies in a folder that may not be written.
  package let isInPlace: Bool
  /// Where containers have bound the folder.
  let boundElsewhere: [String]

  /// The folder for the new site inside of one that stays.
  static let innerNext = ".marquee.next"
  /// Lies in a folder for a new site while it is being written: all that is there is half a site then.
  static let unfinished = ".marquee-unfinished"
  /// What an output folder may hold before its first site: a note for those who look into the repository.
  private static let note = "README.md"

  /// - Parameters:
  ///   - state: what builds remember of folders.
  ///   - staysInPlace: the folder itself must stay even where it could be exchanged.
  /// - Throws: `PublishingError` where no site can be put there, or where it would take the place of what Marquee did not
  ///   write.
  package init(_ output: String, state: String, staysInPlace: Bool = false) throws {
    guard let path = ResolvedPath.of(output), path != "/" else {
      throw PublishingError.notFolder(path: output, obstacle: output)
    }
    self.path = path
    var ancestor = path
    while !RawFile.exists(ancestor) { ancestor = Self.parent(of: ancestor) }
    guard RawFile.isFolder(ancestor) else { throw PublishingError.notFolder(path: output, obstacle: ancestor) }
    let parent = Self.parent(of: path)
    boundElsewhere = ancestor == path ? MountPoints.elsewhere(of: path) : []
    isInPlace =
      ancestor == path
      && (staysInPlace || !boundElsewhere.isEmpty || !MountPoints.at(path).isEmpty
        || access(parent, W_OK | X_OK) != 0)
    next = isInPlace ? "\(path)/\(Self.innerNext)" : "\(parent)/.\(path.split(separator: "/").last ?? "").next"
    guard access(isInPlace ? path : ancestor == path ? parent : ancestor, W_OK | X_OK) == 0 else {
      throw PlatformError.notWritable(path: path, reason: "\(RawFile.Failure.last)")
    }
    let visible = (RawFile.entries(of: path) ?? []).filter { !$0.hasPrefix(".") && $0 != Self.note }
    if !visible.isEmpty, !Self.isOurs(path, state) { throw PublishingError.foreignOutput(path: path) }
    if RawFile.exists(next), !Self.isOurs(next, state), RawFile.entries(of: next)?.isEmpty != true {
      throw PublishingError.foreignOutput(path: next)
    }
  }

  /// Why files are replaced one by one.
  package var reasonInPlace: String {
    if !isInPlace { return "" }
    return boundElsewhere.isEmpty
      ? "is a mount point, or its folder is not writable"
      : "is bound by a container (as \(boundElsewhere.joined(separator: ", ")))"
  }

  private static func isOurs(_ folder: String, _ state: String) -> Bool {
    // What has to be read whole comes last.
    RawFile.exists("\(folder)/\(unfinished)") || SiteManifest.exists(in: folder)
      || FileStamp(path: folder).map { SiteTree.isKnown(root: $0.inode, in: state) } ?? false
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
