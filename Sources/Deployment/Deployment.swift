public import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sends a built site to where people see it.
///
/// Only files whose bytes differ are sent: first what pages need, then pages, last what leads to them; what is gone is
/// removed at the end. Visitors never get a page whose parts are not there yet.
public struct Deployment: Sendable {
  /// The folder of the built site.
  public let site: String
  let client: WebClient
  let environment: [String: String]
  let now: @Sendable () -> Int

  /// - Parameter now: seconds since 1970, which requests to a bucket are signed with.
  public init(
    site: String, client: WebClient, environment: [String: String], now: @escaping @Sendable () -> Int
  ) {
    (self.site, self.client, self.environment, self.now) = (site, client, environment, now)
  }

  /// Sends the site to one target.
  ///
  /// - Throws: `DeploymentError`, `WebError`. What was sent by then stays; the next try goes on.
  public func send(to target: DeploymentTarget, options: DeploymentOptions) throws -> DeploymentOutcome {
    switch target {
    case .folder(let path): try send(toFolder: path, options)
    case .rsync(let destination): try send(byRsync: destination, options)
    case .s3(let bucket): try send(to: bucket, options)
    case .branch(let remote, let branch): try send(toBranch: branch, of: remote, options)
    }
  }
}

// MARK: - A folder

extension Deployment {
  func send(toFolder path: String, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    let manager = FileManager.default
    let target = Self.resolved(path)
    let source = Self.resolved(site)
    if target == source || target.hasPrefix(source + "/") || source.hasPrefix(target + "/") {
      throw DeploymentError.insideItself(path: path)
    }
    let there = manager.fileExists(atPath: target) ? try SiteFile.all(below: target) : []
    let sizes = Dictionary(uniqueKeysWithValues: there.map { ($0.path, $0.size) })
    let plan = DeploymentPlan(site: try SiteFile.all(below: site), there: there.map(\.path)) { file in
      sizes[file.path] == file.size
        && manager.contents(atPath: "\(target)/\(file.path)") == manager.contents(atPath: "\(site)/\(file.path)")
    }
    try plan.check(target: path, there: there.count, options: options)
    for file in plan.sends {
      options.progress("send", file.path)
      if options.isDryRun { continue }
      guard let bytes = manager.contents(atPath: "\(site)/\(file.path)") else {
        throw DeploymentError.sourceMissing(path: "\(site)/\(file.path)")
      }
      let place = URL(fileURLWithPath: "\(target)/\(file.path)")
      do {
        try manager.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: place, options: .atomic)
      } catch {
        throw DeploymentError.notWritable(path: place.path, reason: "the file cannot be made")
      }
    }
    for path in plan.removals {
      options.progress("remove", path)
      if options.isDryRun { continue }
      try? manager.removeItem(atPath: "\(target)/\(path)")
      removeEmptyFolders(above: path, in: target)
    }
    return plan.outcome
  }

  private func removeEmptyFolders(above path: String, in target: String) {
    var parts = path.split(separator: "/").dropLast()
    while !parts.isEmpty {
      let folder = "\(target)/\(parts.joined(separator: "/"))"
      guard (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty == true else { return }
      try? FileManager.default.removeItem(atPath: folder)
      parts = parts.dropLast()
    }
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
