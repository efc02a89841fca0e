import Publishing
import Site

/// The files to send and remove so that a target has the site and keeps the files of others.
struct DeploymentPlan: Equatable {
  /// In the order in which to send them.
  var sends: [SiteFile] = []
  /// In the order in which to remove them: pages before their assets.
  var removals: [String] = []
  var kept = 0
  /// Files that stay because Marquee did not put them there.
  var foreign: [String] = []
  /// Files of the site that are not sent, because a foreign file has the same path.
  var left: [SiteFile] = []
  /// Files of an earlier deployment that were changed at the target since; they are not sent, or stay.
  var changed: [String] = []
  /// The site's files at the target afterwards.
  var manifest = SiteManifest()

  /// - Parameters:
  ///   - list: the list in the output folder, whose marks are copied.
  ///   - there: the paths at the target.
  ///   - owned: the files that Marquee put there.
  ///   - replacesForeign: whether the site's files replace foreign ones.
  ///   - hasFolders: whether a file and a folder there exclude each other.
  ///   - isChanged: whether a file that Marquee put there is known to have been changed.
  ///   - isSame: whether an existing file has the same bytes.
  init(
    site: [SiteFile], list: SiteManifest, there: [String], owned: SiteManifest, replacesForeign: Bool,
    hasFolders: Bool = true, isChanged: (String) throws -> Bool,
    isSame: (SiteFile) throws -> Bool
  ) rethrows {
    let wanted = Set(site.map(\.path))
    let known = Set(there)
    let kept =
      replacesForeign ? [] : try there.filter { try !wanted.contains($0) && owned.contains($0) && isChanged($0) }
    let stays = Set(kept)
    changed = kept
    foreign = there.filter { !wanted.contains($0) && !owned.contains($0) }
    let files = hasFolders ? Set(foreign) : []
    let folders = hasFolders ? Set(foreign.flatMap(SiteFile.folders(of:))) : []
    for file in site {
      let isThere = known.contains(file.path)
      if isThere, try isSame(file) {
        self.kept += 1
      } else if isThere, owned.contains(file.path), !replacesForeign, try isChanged(file.path) {
        left.append(file)
        changed.append(file.path)
        // It belongs to others from now on.
        continue
      } else if isThere
        ? !owned.contains(file.path) && !replacesForeign
        : folders.contains(file.path) || file.folders.contains(where: files.contains)
      {
        left.append(file)
        continue
      } else {
        sends.append(file)
      }
      manifest.add(file.path, mark: list.mark(of: file.path) ?? "")
    }
    sends.sort { ($0.pass, $0.path) < ($1.pass, $1.path) }
    removals = there.filter { !wanted.contains($0) && owned.contains($0) && !stays.contains($0) }.map {
      SiteFile(path: $0, size: 0)
    }
    .sorted { ($1.pass, $0.path) < ($0.pass, $1.path) }.map(\.path)
  }

  /// The list during the transfer: old and new files, without marks for the new ones.
  func during(_ owned: SiteManifest) -> SiteManifest {
    var list = manifest
    for file in sends { list.set(digest: "", of: file.path) }
    list.formUnion(owned)
    return list
  }

  /// Removals that must precede sending: a file in place of a folder, or a folder in place of a file.
  var early: [String] {
    let coming = Set(sends.map(\.path))
    let folders = Set(sends.flatMap(\.folders))
    return removals.filter { folders.contains($0) || SiteFile.folders(of: $0).contains(where: coming.contains) }
  }

  /// A site without its pages is useless: then nothing is sent.
  func check(target: String, _ options: DeploymentOptions) throws(DeploymentError) {
    let pages = left.filter(\.isPage).map(\.path)
    if !pages.isEmpty, !options.isDryRun { throw .foreignPages(target: target, paths: pages) }
  }

  func outcome(skipped: [String]) -> DeploymentOutcome {
    DeploymentOutcome(
      sent: sends.count, bytes: sends.reduce(0) { $0 + $1.size }, kept: kept, removed: removals.count,
      foreign: foreign, left: left.map(\.path), changed: changed, skipped: skipped)
  }
}
