import Foundation
import Synchronization

// MARK: - rsync

extension Deployment {
  /// Three passes: what pages need, pages, and what is gone.
  func send(byRsync destination: String, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    let common = ["-rlt", "--checksum", "--delay-updates", "--out-format=%o %l %n"] + (options.isDryRun ? ["-n"] : [])
    let place = destination.hasSuffix("/") ? destination : destination + "/"
    let files = try SiteFile.all(below: site)
    if !options.allowsManyRemovals, !options.isDryRun {
      let preview = try Program("rsync", common + ["-n", "--delete", site + "/", place]).run()
      let removals = preview.split(separator: "\n").filter { $0.hasPrefix("del.") }.count
      if removals > max(20, files.count / 2) {
        throw DeploymentError.manyRemovals(target: destination, removals: removals, of: removals + files.count)
      }
    }
    var outcome = DeploymentOutcome()
    for pass in [["--exclude=*.html", "--prune-empty-dirs"], [], ["--delete"]] {
      for line in try Program("rsync", common + pass + [site + "/", place]).run().split(separator: "\n") {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, !words[2].hasSuffix("/") else { continue }
        if words[0] == "del." {
          outcome.removed += 1
          options.progress("remove", words[2])
        } else if words[0] == "send" {
          // A dry run sends nothing, so every pass would name it again.
          if options.isDryRun, pass != ["--delete"] { continue }
          outcome.sent += 1
          outcome.bytes += Int(words[1]) ?? 0
          options.progress("send", words[2])
        }
      }
    }
    outcome.kept = max(0, files.count - outcome.sent)
    return outcome
  }
}

// MARK: - A branch

extension Deployment {
  /// Fetches the branch without its history, makes the site its content, and pushes one commit; nothing where nothing
  /// changed.
  func send(toBranch branch: String, of remote: String, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-pages-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func git(_ arguments: String...) throws -> String { try Program("git", ["-C", folder] + arguments).run() }
    _ = try Program("git", ["init", "-q", folder]).run()
    _ = try git("remote", "add", "origin", remote)
    let isNew = try git("ls-remote", "--heads", "origin", branch).isEmpty
    if isNew {
      _ = try git("checkout", "-q", "--orphan", branch)
    } else {
      _ = try git("fetch", "-q", "--depth", "1", "origin", branch)
      _ = try git("checkout", "-q", "-B", branch, "FETCH_HEAD")
    }
    // What the branch has for its host: without the first GitHub runs its own generator over the files.
    let manager = FileManager.default
    let own = [".nojekyll": Data(), "CNAME": manager.contents(atPath: "\(folder)/CNAME")]
    for name in own.keys { try? manager.removeItem(atPath: "\(folder)/\(name)") }
    var inner = options
    inner.isDryRun = false
    inner.allowsManyRemovals = true
    let outcome = try send(toFolder: folder, inner)
    for (name, bytes) in own where !manager.fileExists(atPath: "\(folder)/\(name)") {
      try bytes?.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    _ = try git("add", "-A")
    if try git("status", "--porcelain").isEmpty { return outcome }
    if options.isDryRun { return outcome }
    let identity = ["-c", "user.name=Marquee", "-c", "user.email=marquee@localhost"]
    _ = try Program("git", ["-C", folder] + identity + ["commit", "-q", "-m", "The site"]).run()
    _ = try git("push", "-q", "origin", "HEAD:refs/heads/\(branch)")
    return outcome
  }
}

/// A program of the system that is run to its end.
struct Program {
  let name: String
  let arguments: [String]

  init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }

  /// What it printed.
  ///
  /// - Throws: `DeploymentError` with its own words where it is missing or fails.
  func run() throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    var environment = ProcessInfo.processInfo.environment
    // No question can be answered here, be it for a password.
    environment["GIT_TERMINAL_PROMPT"] = "0"
    process.environment = environment
    try process.run()
    // Both are drained at once: a program blocks on a full pipe.
    let complaint = Drain(errors.fileHandleForReading)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let words = complaint.finish().split(separator: "\n").suffix(3).joined(separator: "; ")
    if process.terminationStatus == 127, words.contains("env:") { throw DeploymentError.programMissing(name: name) }
    guard process.terminationStatus == 0 else {
      throw DeploymentError.program(
        name: name, reason: words.isEmpty ? "exit code \(process.terminationStatus)" : words)
    }
    return text
  }
}

/// Reads a pipe to its end beside the one who waits for another.
private final class Drain: Sendable {
  private let group = DispatchGroup()
  private let data = Mutex(Data())

  init(_ handle: FileHandle) {
    DispatchQueue.global().async(group: group) { [self] in
      let read = handle.readDataToEndOfFile()
      data.withLock { $0 = read }
    }
  }

  func finish() -> String {
    group.wait()
    return String(decoding: data.withLock { $0 }, as: UTF8.self)
  }
}
