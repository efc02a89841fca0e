import Deployment
import Platform
import Ratings
import Yams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SettingPlace {
  /// The targets of `deploy:`, a list such as
  ///
  ///     deploy:
  ///       - folder: /var/www/films
  ///       - rsync: me@example.org:/srv/films
  ///       - s3: my-bucket
  ///         region: eu-central-1
  ///         endpoint: https://s3.example.org
  ///         prefix: films/
  ///       - github-pages: git@github.com:me/films.git
  ///         branch: gh-pages
  func deploymentTargets(_ node: Node) throws -> [DeploymentTarget] {
    guard let sequence = node.sequence else {
      throw error("“deploy” must be a list", "write “deploy:” and, below it, “  - folder: /var/www/films”")
    }
    return try sequence.map { try at($0).target($0) }
  }

  /// The same setting in the line of a node.
  private func at(_ node: Node) -> SettingPlace {
    SettingPlace(path: path, line: node.mark?.line ?? line, key: key, content: content)
  }

  private func target(_ node: Node) throws -> DeploymentTarget {
    let kinds = TargetSetting.allCases.filter(\.isPlace).map(\.rawValue)
    guard let mapping = node.mapping else {
      throw error("a target of “deploy” must say where", "write “- folder: /var/www/films”")
    }
    var values: [TargetSetting: String] = [:]
    for (key, value) in mapping {
      let word = key.string ?? "?"
      let place = SettingPlace(path: path, line: key.mark?.line ?? line, key: word, content: content)
      guard let setting = TargetSetting(rawValue: word) else {
        let known = TargetSetting.allCases.map(\.rawValue)
        let nearest = Spelling.nearest(to: word, among: known)
        throw place.error(
          "a target has no “\(word)”",
          nearest.map { "did you mean “\($0)”?" } ?? "known are \(known.joined(separator: ", "))")
      }
      values[setting] = try place.text(value)
    }
    let named = values.keys.filter(\.isPlace)
    guard named.count == 1, let kind = named.first, let written = values[kind], !written.isEmpty else {
      throw error("a target names one place", "write one of \(kinds.joined(separator: ", ")) in each")
    }
    let destination = try kind == .s3 ? written : homePath(written)
    func value(_ setting: TargetSetting) -> String { values[setting] ?? setting.standard }
    switch kind {
    case .folder: return .folder(path: destination)
    case .rsync: return .rsync(destination: destination)
    case .s3:
      if let endpoint = values[.endpoint], !endpoint.hasPrefix("http://"), !endpoint.hasPrefix("https://") {
        throw error("“\(endpoint)” is not an endpoint", "it takes an address such as https://s3.example.org")
      }
      return .s3(
        S3Bucket(name: destination, endpoint: values[.endpoint], region: value(.region), prefix: value(.prefix)))
    default: return .branch(remote: destination, branch: value(.branch))
    }
  }

  /// “~” at the beginning is the home folder of whoever runs the program, as in a shell.
  private func homePath(_ path: String) throws -> String {
    guard path.hasPrefix("~") else { return path }
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    guard path == "~" || path.hasPrefix("~/"), !home.isEmpty else {
      throw error("“\(path)” names no folder", "write the whole path")
    }
    return home + path.dropFirst()
  }
}

/// What an entry of `deploy:` may name: the place, and how it is reached.
package enum TargetSetting: String, CaseIterable {
  case folder, rsync, s3
  case gitHubPages = "github-pages"
  case region, endpoint, prefix, branch

  /// Whether it is where the site goes: each target has one.
  var isPlace: Bool {
    switch self {
    case .folder, .rsync, .s3, .gitHubPages: true
    case .region, .endpoint, .prefix, .branch: false
    }
  }

  /// What holds where it is left out; empty for nothing.
  package var standard: String {
    switch self {
    case .region: "us-east-1"
    case .branch: "gh-pages"
    case .folder, .rsync, .s3, .gitHubPages, .endpoint, .prefix: ""
    }
  }

  package var meaning: String {
    switch self {
    case .folder: "A folder on this machine, or one that is mounted."
    case .rsync: "user@host:path, through the rsync program."
    case .s3: "A bucket of Amazon S3, or of anything that speaks its protocol."
    case .gitHubPages: "A git repository, one branch of which gets the site."
    case .region: "The region of the bucket."
    case .endpoint: "The address of the bucket's service; left out, Amazon's."
    case .prefix: "The beginning of every key in the bucket."
    case .branch: "The branch that gets the site."
    }
  }
}
