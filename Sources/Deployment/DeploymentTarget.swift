/// Where a built site is sent.
public enum DeploymentTarget: Equatable, Sendable {
  /// A folder on this machine, or one that is mounted.
  case folder(path: String)
  /// `user@host:path`, through the rsync program.
  case rsync(destination: String)
  /// A bucket of Amazon S3 or of anything that speaks its protocol.
  case s3(S3Bucket)
  /// A branch of a git repository, as GitHub Pages and its like publish it.
  case branch(remote: String, branch: String)

  /// The kind's name in `site.yaml`.
  public var kind: String {
    switch self {
    case .folder: "folder"
    case .rsync: "rsync"
    case .s3: "s3"
    case .branch: "github-pages"
    }
  }

  /// How messages call it.
  public var description: String {
    switch self {
    case .folder(let path): path
    case .rsync(let destination): destination
    case .s3(let bucket): "s3 \(bucket.name)\(bucket.prefix.isEmpty ? "" : "/\(bucket.prefix)")"
    case .branch(let remote, let branch): "\(remote) \(branch)"
    }
  }
}

/// A bucket and how to reach it.
public struct S3Bucket: Equatable, Sendable {
  public var name: String
  /// Such as `https://s3.eu-central-1.amazonaws.com` or `https://ID.r2.cloudflarestorage.com`.
  public var endpoint: String
  public var region: String
  /// What stands before every key; empty, or with a slash at its end.
  public var prefix: String

  public init(name: String, endpoint: String? = nil, region: String = "us-east-1", prefix: String = "") {
    self.name = name
    self.region = region
    self.endpoint = endpoint ?? "https://s3.\(region).amazonaws.com"
    while self.endpoint.hasSuffix("/") { self.endpoint.removeLast() }
    self.prefix = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
  }
}

/// What is done beyond the plain sending.
public struct DeploymentOptions: Sendable {
  /// Says what would be done and does nothing.
  public var isDryRun = false
  /// Files that somebody else put there give way to the site's of the same name.
  public var replacesForeign = false
  /// The content type of a file, by its path.
  public var contentType: @Sendable (String) -> String
  /// Hears each file: what is done with it and its path.
  public var progress: @Sendable (_ action: String, _ path: String) -> Void

  public init(
    contentType: @escaping @Sendable (String) -> String,
    progress: @escaping @Sendable (_ action: String, _ path: String) -> Void
  ) {
    self.contentType = contentType
    self.progress = progress
  }

  /// Tells what a plan would do.
  func tell(_ plan: DeploymentPlan) {
    for file in plan.sends { progress("send", file.path) }
    for path in plan.removals { progress("remove", path) }
    for path in plan.foreign { progress("leave", path) }
    for file in plan.left { progress("leave", file.path) }
  }
}

/// What sending did, or would do.
public struct DeploymentOutcome: Equatable, Sendable {
  public var sent = 0
  public var bytes = 0
  public var kept = 0
  public var removed = 0
  /// What is at the place, is not Marquee's and stays.
  public var foreign: [String] = []
  /// Files of the site in whose place somebody's own file stays.
  public var left: [String] = []
  /// What somebody changed there after Marquee put it there; it stays.
  public var changed: [String] = []
  /// What lies in the output folder and is not sent: links, and hidden files that no build wrote.
  public var skipped: [String] = []

  public init(
    sent: Int = 0, bytes: Int = 0, kept: Int = 0, removed: Int = 0, foreign: [String] = [], left: [String] = [],
    changed: [String] = [], skipped: [String] = []
  ) {
    (self.sent, self.bytes, self.kept, self.removed) = (sent, bytes, kept, removed)
    (self.foreign, self.left, self.changed, self.skipped) = (foreign, left, changed, skipped)
  }

  /// The first of some paths, and how many more there are.
  public static func list(_ paths: [String]) -> String {
    paths.prefix(20).joined(separator: ", ") + (paths.count > 20 ? " and \(paths.count - 20) more" : "")
  }
}
