import Platform
import Publishing
import Site
import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Deployment {
  func send(toFolder path: String, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    let manager = FileManager.default
    guard let target = ResolvedPath.of(path), let source = ResolvedPath.of(site) else {
      throw DeploymentError.notFolder(path: path)
    }
    if target == source || target.hasPrefix(source + "/") || source.hasPrefix(target + "/") || target == "/" {
      throw DeploymentError.insideItself(path: path)
    }
    let listing = try Self.listing(target)
    let owned = SiteManifest(folder: target, name: SiteManifest.deployedName) ?? SiteManifest()
    let sizes = Dictionary(uniqueKeysWithValues: (listing?.files ?? []).map { ($0.path, $0.size) })
    let own = try FolderListing.site(site)
    var plan = try DeploymentPlan(
      site: own.files, list: own.list, there: (listing?.files.map(\.path) ?? []) + (listing?.others ?? []),
      owned: owned,
      replacesForeign: options.replacesForeign,
      isChanged: { path in
        try owned.digest(of: path).map { try $0 != Checksum.md5(ofFile: "\(target)/\(path)") } ?? false
      }
    ) { file in
      sizes[file.path] == file.size
        && manager.contents(atPath: "\(target)/\(file.path)") == manager.contents(atPath: "\(site)/\(file.path)")
    }
    try plan.check(target: path, options)
    let outcome = plan.outcome(skipped: own.skipped)
    if options.isDryRun {
      options.report(plan)
      return outcome
    }
    for file in own.files {
      plan.manifest.set(digest: try Checksum.md5(ofFile: "\(site)/\(file.path)") ?? "", of: file.path)
    }
    // Until all is done, every started file is recorded as Marquee's.
    let during = plan.during(owned)
    if during != owned { try write(during, to: target) }
    let early = Set(plan.early)
    for path in plan.early { remove(path, from: target, options) }
    for file in plan.sends {
      options.progress("send", file.path)
      guard let bytes = manager.contents(atPath: "\(site)/\(file.path)") else {
        throw DeploymentError.sourceMissing(path: "\(site)/\(file.path)")
      }
      try write(bytes, to: "\(target)/\(file.path)")
    }
    for path in plan.removals where !early.contains(path) { remove(path, from: target, options) }
    if plan.manifest != during { try write(plan.manifest, to: target) }
    return outcome
  }

  /// The files at a target; nil if it does not exist yet.
  private static func listing(_ target: String) throws(DeploymentError) -> FolderListing? {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: target) else { return nil }
    guard facts[.type] as? FileAttributeType == .typeDirectory else { throw .notFolder(path: target) }
    return try FolderListing(target)
  }

  private func write(_ manifest: SiteManifest, to target: String) throws(DeploymentError) {
    try write(Data(manifest.bytes), to: "\(target)/\(SiteManifest.deployedName)")
  }

  private func write(_ bytes: Data, to path: String) throws(DeploymentError) {
    let place = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: place, options: .atomic)
    } catch {
      throw .notWritable(path: path, reason: "the file cannot be created")
    }
  }

  private func remove(_ path: String, from target: String, _ options: DeploymentOptions) {
    options.progress("remove", path)
    try? FileManager.default.removeItem(atPath: "\(target)/\(path)")
    removeEmptyFolders(above: path, in: target)
  }

  private func removeEmptyFolders(above path: String, in target: String) {
    for folder in SiteFile.folders(of: path).reversed() {
      let full = "\(target)/\(folder)"
      guard (try? FileManager.default.contentsOfDirectory(atPath: full))?.isEmpty == true else { return }
      try? FileManager.default.removeItem(atPath: full)
    }
  }
}
