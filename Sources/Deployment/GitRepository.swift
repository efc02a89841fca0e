import Foundation

/// A private repository in a temporary folder, isolated from the user's git settings.
///
/// Only plumbing commands are called: they ignore ignore rules, attributes, hooks, signatures and line endings, and need no work
/// tree. The user's configuration still controls how the remote is reached: addresses, proxies, keys, credentials.
struct GitRepository {
  private let folder: String
  private let environment: [String: String]

  /// User settings that would change the content, ask for a key or run a program.
  private static let configuration = [
    "core.hooksPath=/dev/null", "core.ignoreCase=false", "core.precomposeUnicode=false", "core.quotePath=false",
    "core.fsmonitor=false", "core.autocrlf=false", "core.safecrlf=false", "core.attributesFile=/dev/null",
    "commit.gpgSign=false", "push.gpgSign=false", "push.followTags=false", "push.recurseSubmodules=no",
    "fetch.fsckObjects=false", "transfer.fsckObjects=false", "gc.auto=0", "maintenance.auto=false", "color.ui=false",
    "advice.detachedHead=false",
  ]

  /// Variables that git needs to reach a remote; all its others could select another repository, or
  /// change its behaviour.
  private static let kept = [
    "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_EXEC_PATH",
    "GIT_ALLOW_PROTOCOL", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT",
  ]
  private static let keptBeginnings = ["GIT_SSL_", "GIT_HTTP_", "GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"]

  /// Creates the repository.
  init(at folder: String, environment: [String: String]) throws {
    self.folder = folder
    var own = environment.filter { name, _ in
      !name.hasPrefix("GIT_") || Self.kept.contains(name) || Self.keptBeginnings.contains { name.hasPrefix($0) }
    }
    // Prompts cannot be answered here, not even for a password.
    own["GIT_TERMINAL_PROMPT"] = "0"
    own["LC_ALL"] = "C"
    for role in ["AUTHOR", "COMMITTER"] {
      own["GIT_\(role)_NAME"] = "Marquee"
      own["GIT_\(role)_EMAIL"] = "marquee@localhost"
    }
    self.environment = own
    _ = try run(["init", "-q", "--bare", "--template=", folder])
  }

  @discardableResult
  func run(_ arguments: [String], input: Data = Data()) throws -> Data {
    var program = Program(
      "git", ["--git-dir=\(folder)"] + Self.configuration.flatMap { ["-c", $0] } + arguments)
    program.environment = environment
    program.input = input
    return try program.run()
  }

  func line(_ arguments: [String], input: Data = Data()) throws -> String {
    String(decoding: try run(arguments, input: input), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The commit that a remote has under exactly this name; nil if there is none.
  func commit(of reference: String, at remote: String) throws -> String? {
    for line in try line(["ls-remote", "--", remote, reference]).split(separator: "\n") {
      let words = line.split(separator: "\t")
      if words.count == 2, words[1] == reference { return String(words[0]) }
    }
    return nil
  }

  /// The files of a commit, each with its object id.
  func files(of commit: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for entry in try run(["ls-tree", "-r", "-z", "--full-tree", commit]).split(separator: 0) {
      let parts = String(decoding: entry, as: UTF8.self).split(separator: "\t", maxSplits: 1)
      let words = parts[0].split(separator: " ")
      if parts.count == 2, words.count == 3 { files[String(parts[1])] = String(words[2]) }
    }
    return files
  }

  /// The object ids of files, in order.
  ///
  /// - Parameter isKept: whether the objects are written to the repository.
  func names(ofContents paths: [String], isKept: Bool) throws -> [String] {
    if paths.isEmpty { return [] }
    let lines = paths.map { $0.contains("\n") || $0.hasPrefix("\"") ? Self.quoted($0) : $0 }.joined(separator: "\n")
    let options = (isKept ? ["-w"] : []) + ["--no-filters", "--stdin-paths"]
    let names = try line(["hash-object"] + options, input: Data((lines + "\n").utf8)).split(separator: "\n")
    guard names.count == paths.count else {
      throw DeploymentError.program(name: "git", reason: "it names \(names.count) of \(paths.count) files")
    }
    return names.map(String.init)
  }

  private static func quoted(_ path: String) -> String {
    "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}
