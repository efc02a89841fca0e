package import Web

/// Sends a built site to its hosts.
///
/// Only files whose bytes differ are sent: first assets, then pages, last the files that link to them; deleted files are
/// removed at the end. Visitors never get a page whose assets are missing. Each target keeps a `SiteManifest`; files
/// that it does not list belong to others: they stay as they are and are reported.
package struct Deployment: Sendable {
  /// The folder of the built site.
  package let site: String
  let client: WebClient
  let environment: [String: String]
  let now: @Sendable () -> Int

  /// - Parameter now: seconds since 1970, for signing requests to a bucket.
  package init(
    site: String, client: WebClient, environment: [String: String], now: @escaping @Sendable () -> Int
  ) {
    (self.site, self.client, self.environment, self.now) = (site, client, environment, now)
  }

  /// Sends the site to one target.
  ///
  /// - Throws: `DeploymentError`, `WebError`. Files sent before stay; the next attempt continues.
  package func send(to target: DeploymentTarget, options: DeploymentOptions) throws -> DeploymentOutcome {
    switch target {
    case .folder(let path): try send(toFolder: path, options)
    case .rsync(let destination): try send(byRsync: destination, options)
    case .s3(let bucket): try send(to: bucket, options)
    case .branch(let remote, let branch): try send(toBranch: branch, of: remote, options)
    }
  }
}
