import Foundation
import TestSupport
import Testing

@Suite struct `In continuous integration` {
  /// A copy of the repository's own site, built quickly, with lines at the end of its settings.
  private static func site(_ settings: String = "") throws -> TemporaryFolder {
    let folder = try `The sample site`.site()
    try append(settings, in: folder)
    try build(folder, ["--quality", "quick"], status: 0)
    return folder
  }

  private static func append(_ settings: String, in folder: TemporaryFolder) throws {
    let text = String(decoding: try folder.read("content/site.yaml"), as: UTF8.self)
    try folder.write(text + settings, to: "content/site.yaml")
  }

  @discardableResult
  private static func build(
    _ folder: TemporaryFolder, _ options: [String], status: Int32, environment: [String: String] = [:]
  ) throws -> MarqueeProcess.Outcome {
    let outcome = try MarqueeProcess.run(["build"] + options, in: folder.path, environment: environment)
    try #require(outcome.status == status, "\(outcome.errors)")
    return outcome
  }

  @Test(.slow) func `a figure that became worse stops the build, and the site of before stays`() throws {
    let folder = try Self.site("gates:\n  coverage: 0.001\n  ndcg: 0.5\n  broken-links: 0\n")
    let before = try folder.contents(of: "output")
    let github = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": folder.path("summary.md")]
    // Lists of what everybody likes show little of the catalogue.
    let popular = ["--models", "biases,popularity"]
    let refused = try Self.build(folder, popular, status: 1, environment: github)
    #expect(refused.errors.contains("the new site is not published: coverage is 0."))
    #expect(refused.errors.contains("\n::error::the new site is not published"))
    #expect(!refused.errors.contains("ndcg is") && !refused.errors.contains("broken-links is"))
    #expect(String(decoding: try folder.read("summary.md"), as: UTF8.self).contains("coverage is 0."))
    #expect(try folder.contents(of: "output") == before)
    // Accepted, it is the measure of the next one.
    try Self.build(folder, popular + ["--accept"], status: 0, environment: github)
    #expect(try folder.contents(of: "output") != before)
    #expect(String(decoding: try folder.read("summary.md"), as: UTF8.self).contains("| stage | | seconds |"))
    try Self.build(folder, popular, status: 0)
  }

  @Test func `a fault with a place is shown at its line`() throws {
    let folder = try Self.site()
    try Self.append("colour: red\n", in: folder)
    let lines = String(decoding: try folder.read("content/site.yaml"), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let github = ["GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": folder.path]
    let outcome = try Self.build(folder, [], status: 1, environment: github)
    #expect(outcome.errors.contains("::error file=content/site.yaml,line=\(lines.count - 1)::"), "\(outcome.errors)")
  }

  @Test(.slow) func `two sites are compared by their files and their lists`() throws {
    let folder = try Self.site()
    try FileManager.default.copyItem(atPath: folder.path("output"), toPath: folder.path("before"))
    let diff = { (options: [String]) in
      try MarqueeProcess.run(["diff", "before", "output"] + options, in: folder.path)
    }
    #expect(try diff([]).output.hasPrefix("0 files added, 0 removed, 0 changed, "))
    // Someone takes the first film of their list.
    let list = try #require(
      JSONSerialization.jsonObject(with: Data(try folder.read("output/api/users/1.json"))) as? [String: Any])
    let models = try #require(list["models"] as? [String: [[String: Any]]])
    let first = try #require(models["ease"]?.first?["id"] as? Int)
    let ratings = String(decoding: try folder.read("content/sample/ratings.csv"), as: UTF8.self)
    try folder.write(ratings + "1,\(first),0.5,1700000000\n", to: "content/sample/ratings.csv")
    try folder.write("# Contact\n", to: "content/pages/contact.md")
    try Self.build(folder, ["--quality", "quick"], status: 0)
    let text = try diff(["--limit", "2000"]).output
    #expect(text.contains("\n+ contact/index.html\n") && text.contains("\n~ users/1/index.html\n"))
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(try diff(["--json"]).output.utf8)) as? [String: Any])
    #expect((json["added"] as? [String])?.contains("contact/index.html") == true)
    #expect(text.contains("lists moved") && !text.contains("\n0 of"))
  }

  @Test(.slow) func `two builds at once follow each other`() async throws {
    let folder = try Self.site()
    let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
      for options in [["--clean", "--quality", "quick"], ["--quality", "quick"]] {
        group.addTask { try MarqueeProcess.run(["build"] + options, in: folder.path).status }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == [0, 0])
    #expect(try MarqueeProcess.run(["check", "output"], in: folder.path).status == 0)
  }
}
