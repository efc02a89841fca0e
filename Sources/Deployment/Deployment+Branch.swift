import Foundation
import Publishing

extension Deployment {
  /// Fetches the branch without its history, makes a commit in which the site's files replace those of the last
  /// deployment, and pushes it; does nothing if nothing changed.
  func send(toBranch branch: String, of remote: String, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-pages-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let git = try GitRepository(at: folder, environment: environment)
    let reference = "refs/heads/\(branch)"
    let parent = try git.commit(of: reference, at: remote)
    var there: [String: String] = [:]
    var owned = SiteManifest()
    if let parent {
      try git.run([
        "fetch", "-q", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--", remote,
        "+\(reference):refs/marquee/there",
      ])
      there = try git.files(of: parent)
      if let list = there.removeValue(forKey: SiteManifest.deployedName) {
        owned = SiteManifest(try git.run(["cat-file", "blob", list])) ?? owned
      }
    }
    let own = try FolderListing.site(site)
    let names = try git.names(ofContents: own.files.map { "\(site)/\($0.path)" }, isKept: false)
    let contents = Dictionary(uniqueKeysWithValues: zip(own.files.map(\.path), names))
    // Without it GitHub runs its own generator over the files. It is added once and never removed.
    let marker = ".nojekyll"
    let needsMarker = contents[marker] == nil && there.removeValue(forKey: marker) == nil
    var plan = DeploymentPlan(
      site: own.files, list: own.list, there: there.keys.sorted(), owned: owned,
      replacesForeign: options.replacesForeign,
      isChanged: { path in owned.digest(of: path).map { $0 != there[path] } ?? false }
    ) { there[$0.path] == contents[$0.path] }
    for (path, content) in contents { plan.manifest.set(digest: content, of: path) }
    try plan.check(target: "\(remote) \(branch)", options)
    let outcome = plan.outcome(skipped: own.skipped)
    if options.isDryRun {
      options.report(plan)
      return outcome
    }
    let tree = try self.tree(plan, contents, marker: needsMarker ? marker : nil, on: parent, git, folder, options)
    if let parent, try git.line(["rev-parse", "\(parent)^{tree}"]) == tree { return outcome }
    let commit = try git.line(
      ["commit-tree", tree, "-m", "The site"] + (parent.map { ["-p", $0] } ?? []))
    try check(git.files(of: commit), hold: plan, contents, target: remote)
    try git.run(["push", "-q", "--no-verify", "--no-signed", "--", remote, "\(commit):\(reference)"])
    guard try git.commit(of: reference, at: remote) == commit else {
      throw DeploymentError.notArrived(target: remote, reason: "\(branch) is not what was pushed")
    }
    return outcome
  }

  /// The tree of the branch after the plan is carried out.
  private func tree(
    _ plan: DeploymentPlan, _ contents: [String: String], marker: String?, on parent: String?, _ git: GitRepository,
    _ folder: String, _ options: DeploymentOptions
  ) throws -> String {
    _ = try git.names(ofContents: plan.sends.map { "\(site)/\($0.path)" }, isKept: true)
    var index = Data()
    func entry(_ mode: String, _ content: String, _ path: String) {
      index.append(Data("\(mode) \(content)\t\(path)\0".utf8))
    }
    if let parent { try git.run(["read-tree", parent]) }
    // Removals come first: a folder may replace a file of the same name.
    for path in plan.removals {
      options.progress("remove", path)
      entry("0", String(repeating: "0", count: 40), path)
    }
    for file in plan.sends {
      options.progress("send", file.path)
      entry("100644", contents[file.path] ?? "", file.path)
    }
    for (path, bytes) in [(SiteManifest.deployedName, Data(plan.manifest.bytes))]
      + (marker.map { [($0, Data())] } ?? [])
    {
      let file = "\(folder)/marquee-content"
      try bytes.write(to: URL(fileURLWithPath: file))
      entry("100644", try git.names(ofContents: [file], isKept: true)[0], path)
    }
    try git.run(["update-index", "-z", "--index-info"], input: index)
    return try git.line(["write-tree"])
  }

  /// Compares the commit to be pushed with the plan.
  private func check(
    _ files: [String: String], hold plan: DeploymentPlan, _ contents: [String: String], target: String
  ) throws(DeploymentError) {
    for file in plan.sends where files[file.path] != contents[file.path] {
      throw .notArrived(target: target, reason: "\(file.path) is not in the commit as it is in the site")
    }
    if let path = plan.removals.first(where: { files[$0] != nil }) {
      throw .notArrived(target: target, reason: "\(path) is still in the commit")
    }
  }
}
