public import Web

/// Sends a built site to where people see it.
///
/// Only files whose bytes differ are sent: first what pages need, then pages, last what leads to them; what is gone is
/// removed at the end. Visitors never get a page whose parts are not there yet. Each place keeps a `SiteManifest`: what
/// it does not name is somebody's own, stays as it is and is told.
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
