import Foundation
import Publishing
import Site

extension Deployment {
  /// Lists the target, then sends exactly the site's files in three passes and removes exactly those of an earlier
  /// deployment that no longer exist.
  func send(byRsync destination: String, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-rsync-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let rsync = RsyncPlace(place: destination.hasSuffix("/") ? destination : destination + "/", scratch: folder.path)
    let own = try FolderListing.site(site)
    let there = try rsync.files()
    let owned = there.contains(SiteManifest.deployedName) ? try rsync.manifest() ?? SiteManifest() : SiteManifest()
    let changed = try rsync.changed(own.files.map(\.path), of: site)
    let plan = DeploymentPlan(
      site: own.files, list: own.list, there: there.filter { $0 != SiteManifest.deployedName }.sorted(), owned: owned,
      // rsync does not report digests of files at the target.
      replacesForeign: options.replacesForeign, isChanged: { _ in false }
    ) { !changed.contains($0.path) }
    try plan.check(target: destination, options)
    let outcome = plan.outcome(skipped: own.skipped)
    if options.isDryRun {
      options.report(plan)
      return outcome
    }
    let during = plan.during(owned)
    if during != owned { try rsync.send(during) }
    let early = Set(plan.early)
    try rsync.remove(plan.early, options)
    for pass in 0...2 {
      let files = plan.sends.filter { $0.pass == pass }
      for file in files { options.progress("send", file.path) }
      try rsync.send(files.map(\.path), of: site)
    }
    try rsync.remove(plan.removals.filter { !early.contains($0) }, options)
    if plan.manifest != during { try rsync.send(plan.manifest) }
    return outcome
  }
}

/// A target that rsync reaches.
private struct RsyncPlace {
  /// With a slash at its end.
  let place: String
  /// A folder for file lists.
  let scratch: String

  private func run(_ arguments: [String], from source: String, successes: Set<Int32> = [0]) throws -> String {
    // Non-ASCII names are not escaped.
    var program = Program("rsync", ["--8-bit-output"] + arguments + ["--", source, place])
    program.successes = successes
    return String(decoding: try program.run(), as: UTF8.self)
  }

  /// All files at the target; empty if it does not exist yet.
  func files() throws -> Set<String> {
    let empty = try folder("nothing")
    // Mirroring an empty folder would remove everything that exists.
    let text = try run(["-rn", "--delete", "--force", "--out-format=%o %n"], from: empty)
    return Set(
      text.split(separator: "\n").filter { $0.hasPrefix("del. ") && !$0.hasSuffix("/") }
        .map { Self.unescaped($0.dropFirst(5)) })
  }

  /// The list of Marquee's files at the target.
  func manifest() throws -> SiteManifest? {
    let copy = "\(scratch)/there"
    _ = try Program("rsync", ["--", place + SiteManifest.deployedName, copy]).run()
    return FileManager.default.contents(atPath: copy).flatMap { SiteManifest($0) }
  }

  /// The files that are missing or different at the target.
  func changed(_ paths: [String], of site: String) throws -> Set<String> {
    let text = try run(
      try list(paths) + ["-rltn", "--checksum", "--ignore-times", "--out-format=%o %i %n"], from: site + "/")
    var changed: Set<String> = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2)
      // Such as “send <fcsT...... name”: a file that differs in more than its time.
      guard words.count == 3, words[0] == "send", words[1].dropFirst().first == "f" else { continue }
      let what = words[1].dropFirst(2)
      if what.first == "+" || what.first == "c" || what.dropFirst().first == "s" {
        changed.insert(Self.unescaped(words[2]))
      }
    }
    return changed
  }

  func send(_ paths: [String], of site: String) throws {
    if paths.isEmpty { return }
    _ = try run(try list(paths) + ["-lt", "--checksum", "--delay-updates"], from: site + "/")
  }

  func send(_ manifest: SiteManifest) throws {
    let folder = try folder("manifest")
    try Data(manifest.bytes).write(to: URL(fileURLWithPath: folder + SiteManifest.deployedName))
    _ = try run(try list([SiteManifest.deployedName]) + ["-t", "--checksum"], from: folder)
  }

  /// Removes files, and folders that become empty.
  func remove(_ paths: [String], _ options: DeploymentOptions) throws {
    if paths.isEmpty { return }
    for path in paths { options.progress("remove", path) }
    let empty = try folder("nothing")
    // Deepest folders first; folders that are not empty stay.
    let folders = Dictionary(grouping: Set(paths.flatMap(SiteFile.folders(of:)))) { $0.utf8.count { $0 == 0x2F } }
    for names in [paths] + folders.sorted(by: { $0.key > $1.key }).map(\.value) {
      // They are missing in the empty folder, which exit code 24 reports.
      let options = ["--delete-missing-args", "--no-implied-dirs"]
      _ = try run(try list(names) + options, from: empty, successes: [0, 24])
    }
  }

  private func folder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: "\(scratch)/\(name)", withIntermediateDirectories: true)
    return "\(scratch)/\(name)/"
  }

  private func list(_ paths: [String]) throws -> [String] {
    let file = "\(scratch)/names"
    try Data(paths.map { $0 + "\0" }.joined().utf8).write(to: URL(fileURLWithPath: file))
    return ["--files-from=\(file)", "--from0"]
  }

  /// rsync writes control characters and some backslashes as \#ooo, with three octal digits.
  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("\\#") else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "#"),
        let code = UInt8(String(decoding: rest.dropFirst().prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(4)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
