import Foundation
import TestSupport
import Testing

@Suite(.slow, .enabled(if: FilmClub.hasTools, "needs bash and python3"))
struct `A film club's site, as its runner builds it` {
  private let folder: TemporaryFolder
  private let club: String

  init() throws {
    folder = try TemporaryFolder()
    club = folder.path("club")
    try FileManager.default.copyItem(atPath: FilmClub.example, toPath: club)
  }

  /// A step of the action, as the service runs it.
  private func step(_ name: String, _ environment: [String: String] = [:]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [SharedData.repository.appendingPathComponent("packaging/action.sh").path, name]
    process.currentDirectoryURL = URL(fileURLWithPath: club)
    let program = URL(fileURLWithPath: MarqueeProcess.binary).deletingLastPathComponent().path
    process.environment = [
      "PATH": "\(program):/usr/bin:/bin", "HOME": folder.path, "SITE": ".", "GITHUB_OUTPUT": folder.path("outputs"),
      "GITHUB_STEP_SUMMARY": folder.path("summary"),
    ].merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// Adds what an issue form holds to the club's ratings.
  private func take(_ body: String, member: String = "new-member") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "take-rating.py", "content/club/ratings.csv"]
    process.currentDirectoryURL = URL(fileURLWithPath: club)
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["BODY": body, "MEMBER": member, "OPENED": "2026-02-01T10:00:00Z"]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return output
  }

  private var ratings: String {
    get throws { try String(contentsOfFile: club + "/content/club/ratings.csv", encoding: .utf8) }
  }

  @Test func `a changed rating rebuilds the site, and the comment says whose list moves`() throws {
    #expect(try step("build").status == 0)
    #expect(FileManager.default.fileExists(atPath: club + "/output/index.html"))
    let changed = try ratings.replacing(
      "2025-01-16,Chidi,Groundhog Day,1993,3", with: "2025-01-16,Chidi,Groundhog Day,1993,0.5")
    try #require(try ratings != changed)
    try changed.write(toFile: club + "/content/club/ratings.csv", atomically: true, encoding: .utf8)
    #expect(try step("build").status == 0)
    let comment = try step("compare")
    #expect(comment.status == 0)
    #expect(comment.output.contains("### What this changes"))
    #expect(
      comment.output.contains("20 lists moved.") && comment.output.contains("member Chidi, ease:"), "\(comment.output)")
    #expect(comment.output.contains("| als | rmse | ") && comment.output.contains("<details>"))
    #expect(String(decoding: try folder.read("outputs"), as: UTF8.self).contains("output=./output"))
    #expect(String(decoding: try folder.read("summary"), as: UTF8.self).contains("What this changes"))
  }

  @Test func `a first pull request has nothing to be compared with, and says so`() throws {
    #expect(try step("build").status == 0)
    #expect(try step("compare").output.contains("no published site yet"))
  }

  @Test func `a rating that cannot be read fails the build at its line`() throws {
    var text = try ratings
    for _ in 0..<20 { text += "2026-01-01,Amara,Metropolis,1927,many\n" }
    try text.write(toFile: club + "/content/club/ratings.csv", atomically: true, encoding: .utf8)
    #expect(try step("build").status == 1)
  }

  @Test func `an issue's rating becomes a line of the table, whatever it contains`() throws {
    let before = try ratings
    let answer = try take("### Film\n\n“Heat”, the \"film\"; $(touch evil)\n\n### Year\n\n1995\n\n### Stars\n\n4.5\n")
    #expect(answer.contains("taken=true"))
    let added = try ratings.dropFirst(before.count)
    #expect(added == "2026-02-01,new-member,\"“Heat”, the \"\"film\"\"; $(touch evil)\",1995,4.5\n")
    #expect(try step("build").status == 0)
    #expect(FileManager.default.fileExists(atPath: club + "/output/users/new-member/index.html"))
  }

  @Test(arguments: [
    ("### Film\n\n\n\n### Stars\n\n5", "title"), ("### Film\n\nHeat\n\n### Year\n\nlong ago\n\n### Stars\n\n5", "year"),
    ("### Film\n\nHeat\n\n### Stars\n\n11", "stars"), ("nothing at all", "title"),
  ])
  func `an invalid rating gets a reply and is not written`(body: String, word: String) throws {
    let before = try ratings
    let answer = try take(body)
    #expect(answer.contains("taken=false") && answer.contains(word), "\(answer)")
    #expect(try ratings == before)
  }
}

private enum FilmClub {
  static let example = SharedData.repository.appendingPathComponent("Examples/film-club").path

  static var hasTools: Bool {
    ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"].contains {
      FileManager.default.isExecutableFile(atPath: $0)
    } && FileManager.default.isExecutableFile(atPath: "/bin/bash")
  }
}
