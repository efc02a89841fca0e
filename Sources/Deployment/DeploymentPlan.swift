import Site

/// What must be sent and removed so that a place holds the site and keeps what is somebody's own.
struct DeploymentPlan: Equatable {
  /// In the order in which to send them.
  var sends: [SiteFile] = []
  /// In the order in which to remove them: pages before what they need.
  var removals: [String] = []
  var kept = 0
  /// What stays because Marquee did not put it there.
  var foreign: [String] = []
  /// Files of the site that are not sent, because somebody's own file stands in their place.
  var left: [SiteFile] = []
  /// Files of an earlier deployment that somebody has changed there since; they are left too, or stay.
  var changed: [String] = []
  /// The site's files at the place when all is done.
  var manifest = SiteManifest()

  /// - Parameters:
  ///   - list: the list in the output folder, whose marks are taken over.
  ///   - there: the paths at the place.
  ///   - owned: what Marquee put there.
  ///   - replacesForeign: somebody's own files give way to the site's.
  ///   - hasFolders: whether a file and a folder there exclude each other.
  ///   - isChanged: whether what is there under a name that Marquee put there is known to have other bytes than those that it put.
  ///   - isSame: whether a file that is there too has the same bytes.
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
        // It is somebody's own from now on.
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
    sends.sort { ($0.turn, $0.path) < ($1.turn, $1.path) }
    removals = there.filter { !wanted.contains($0) && owned.contains($0) && !stays.contains($0) }.map {
      SiteFile(path: $0, size: 0)
    }
    .sorted { ($1.turn, $0.path) < ($0.turn, $1.path) }.map(\.path)
  }

  /// The list while files are on their way: both what was there and what comes, and of what comes not which.
  func during(_ owned: SiteManifest) -> SiteManifest {
    var list = manifest
    for file in sends { list.set(digest: "", of: file.path) }
    list.formUnion(owned)
    return list
  }

  /// Removals that must come before anything is sent: a file stands where a folder will be, or below a coming file.
  var early: [String] {
    let coming = Set(sends.map(\.path))
    let folders = Set(sends.flatMap(\.folders))
    return removals.filter { folders.contains($0) || SiteFile.folders(of: $0).contains(where: coming.contains) }
  }

  /// A site without its pages is none: then nothing is sent.
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
