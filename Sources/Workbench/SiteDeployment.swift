package import Deployment
import Settings
import Store
package import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sends the built site of a folder to its targets.
package struct SiteDeployment: Sendable {
  package let targets: [DeploymentTarget]
  let folder: SiteFolder
  let output: String
  /// What hosts say to the size of the site; nil where every usual one takes it.
  package let excess: String?

  /// - Parameter words: kinds or places of the targets to send to; empty for all of `site.yaml`.
  /// - Throws: `SettingsError` where there is no built site or no such target.
  package init(site: String, to words: [String]) throws {
    folder = SiteFolder(site)
    output = try folder.builtSite()
    let settings = try SiteSettings(readingFrom: folder)
    excess = HostLimits.note(on: HostLimits.Extent(of: output), settings: settings.site)
    if settings.deployment.isEmpty { throw SettingsError.noTarget(settings: folder.settings) }
    if words.isEmpty {
      targets = settings.deployment
    } else {
      targets = try words.map { word in
        guard let target = settings.deployment.first(where: { $0.kind == word || $0.description == word }) else {
          throw SettingsError.unknownTarget(word, known: settings.deployment.map { "\($0.kind) \($0.description)" })
        }
        return target
      }
    }
  }

  /// Sends the site to one target; meanwhile no build changes it.
  package func send(
    to target: DeploymentTarget, client: WebClient, options: DeploymentOptions
  ) throws -> DeploymentOutcome {
    let lock = try FolderLock(path: folder.lock, timeout: 600)
    defer { withExtendedLifetime(lock) {} }
    let deployment = Deployment(
      site: output, client: client, environment: ProcessInfo.processInfo.environment,
      now: { Int(Date().timeIntervalSince1970) })
    return try deployment.send(to: target, options: options)
  }
}
