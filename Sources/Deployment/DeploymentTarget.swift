/// Where a built site is sent.
package enum DeploymentTarget: Equatable, Sendable {
  /// A folder on this machine, or a mounted one.
  case folder(path: String)
  /// `user@host:path`, through the rsync program.
  case rsync(destination: String)
  /// A bucket of Amazon S3 or a compatible service.
  case s3(S3Bucket)
  /// A branch of a git repository, as published by GitHub Pages and similar hosts.
  case branch(remote: String, branch: String)

  /// The kind's name in `site.yaml`.
  package var kind: String {
    switch self {
    case .folder: "folder"
    case .rsync: "rsync"
    case .s3: "s3"
    case .branch: "github-pages"
    }
  }

  /// Its name in messages.
  package var description: String {
    switch self {
    case .folder(let path): path
    case .rsync(let destination): destination
    case .s3(let bucket): "s3 \(bucket.name)\(bucket.prefix.isEmpty ? "" : "/\(bucket.prefix)")"
    case .branch(let remote, let branch): "\(remote) \(branch)"
    }
  }
}

/// A bucket and how to reach it.
package struct S3Bucket: Equatable, Sendable {
  package var name: String
  /// Such as `https://s3.eu-central-1.amazonaws.com` or `https://ID.r2.cloudflarestorage.com`.
  package var endpoint: String
  package var region: String
  /// The prefix of every key; empty, or ending in a slash.
  package var prefix: String

  package init(name: String, endpoint: String? = nil, region: String = "us-east-1", prefix: String = "") {
    self.name = name
    self.region = region
    self.endpoint = endpoint ?? "https://s3.\(region).amazonaws.com"
    while self.endpoint.hasSuffix("/") { self.endpoint.removeLast() }
    self.prefix = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
  }
}

/// Options of a deployment.
package struct DeploymentOptions: Sendable {
  /// Prints what would be done and does nothing.
  package var isDryRun = false
  /// The site's files replace foreign files of the same name.
  package var replacesForeign = false
  /// Called for each file with the action and its path.
  package var progress: @Sendable (_ action: String, _ path: String) -> Void

  package init(progress: @escaping @Sendable (_ action: String, _ path: String) -> Void) {
    self.progress = progress
  }

  /// Reports what a plan would do.
  func report(_ plan: DeploymentPlan) {
    for file in plan.sends { progress("send", file.path) }
    for path in plan.removals { progress("remove", path) }
    for path in plan.foreign { progress("leave", path) }
    for file in plan.left { progress("leave", file.path) }
  }
}

/// What the deployment did, or would do.
package struct DeploymentOutcome: Equatable, Sendable {
  package var sent = 0
  package var bytes = 0
  package var kept = 0
  package var removed = 0
  /// Foreign files at the target; they stay.
  package var foreign: [String] = []
  /// Files of the site that are not sent because foreign files have their paths.
  package var left: [String] = []
  /// Files that were changed at the target since Marquee put them there; they stay.
  package var changed: [String] = []
  /// Files in the output folder that are not sent: links, and hidden files that no build wrote.
  package var skipped: [String] = []

  package init(
    sent: Int = 0, bytes: Int = 0, kept: Int = 0, removed: Int = 0, foreign: [String] = [], left: [String] = [],
    changed: [String] = [], skipped: [String] = []
  ) {
    (self.sent, self.bytes, self.kept, self.removed) = (sent, bytes, kept, removed)
    (self.foreign, self.left, self.changed, self.skipped) = (foreign, left, changed, skipped)
  }

  /// The first paths, and how many more there are.
  package static func list(_ paths: [String]) -> String {
    paths.prefix(20).joined(separator: ", ") + (paths.count > 20 ? " and \(paths.count - 20) more" : "")
  }
}
