import Deployment
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
    let kinds = ["folder", "rsync", "s3", "github-pages"]
    guard let mapping = node.mapping else {
      throw error("a target of “deploy” must say where", "write “- folder: /var/www/films”")
    }
    var values: [String: String] = [:]
    for (key, value) in mapping {
      let word = key.string ?? "?"
      let place = SettingPlace(path: path, line: key.mark?.line ?? line, key: word, content: content)
      let known = kinds + ["region", "endpoint", "prefix", "branch"]
      guard known.contains(word) else {
        let nearest = Spelling.nearest(to: word, among: known)
        throw place.error(
          "a target has no “\(word)”",
          nearest.map { "did you mean “\($0)”?" } ?? "known are \(known.joined(separator: ", "))")
      }
      values[word] = try place.text(value)
    }
    let kind = kinds.filter { values[$0] != nil }
    guard kind.count == 1, let written = values[kind[0]], !written.isEmpty else {
      throw error("a target names one place", "write one of \(kinds.joined(separator: ", ")) in each")
    }
    let destination = try kind[0] == "s3" ? written : homePath(written)
    switch kind[0] {
    case "folder": return .folder(path: destination)
    case "rsync": return .rsync(destination: destination)
    case "s3":
      if let endpoint = values["endpoint"], !endpoint.hasPrefix("http://"), !endpoint.hasPrefix("https://") {
        throw error("“\(endpoint)” is no endpoint", "it takes an address such as https://s3.example.org")
      }
      return .s3(
        S3Bucket(
          name: destination, endpoint: values["endpoint"], region: values["region"] ?? "us-east-1",
          prefix: values["prefix"] ?? ""))
    default: return .branch(remote: destination, branch: values["branch"] ?? "gh-pages")
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
