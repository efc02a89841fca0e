import Foundation
import TestSupport
import Testing

@Suite struct `The job for Spark` {
  /// Runs a script of Tests/Spark with this program; what it said, where it failed.
  private func failure(of script: String, _ arguments: [String] = [], by python: String) throws -> String? {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [python, SharedData.repository.appendingPathComponent("Tests/Spark/\(script)").path] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "MARQUEE": MarqueeProcess.binary, "TMPDIR": folder.path, "PYTHONDONTWRITEBYTECODE": "1",
    ]) { $1 }
    let words = try folder.write("", to: "words")
    process.standardOutput = FileHandle(forWritingAtPath: words)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? nil : String(decoding: try folder.read("words"), as: UTF8.self)
  }

  @Test(.enabled(if: SparkHere.python != nil, "needs python3"))
  func `talks with the worker as agreed, and what comes back is what a build makes`() throws {
    let failure = try failure(of: "without_spark.py", by: #require(SparkHere.python))
    #expect(failure == nil, "\(failure ?? "")")
  }

  @Test(
    .slow, .timeLimit(.minutes(4)),
    .enabled(
      if: SparkHere.pythonWithSpark != nil,
      "needs Java 17 and Python with Spark, 600 MB that are not downloaded for this: make test-spark sets them up in .build, MARQUEE_SPARK_VENV names them elsewhere"
    ))
  func `makes the site that one machine makes`() throws {
    let failure = try failure(
      of: "same_as_alone.py", ["--executors", "0", "--partitions", "2", "--sets", "made-up", "--formats", "csv"],
      by: #require(SparkHere.pythonWithSpark))
    #expect(failure == nil, "\(failure ?? "")")
  }
}

/// What is on this machine of what the job for Spark needs.
private enum SparkHere {
  static let python = found("python3")

  static var pythonWithSpark: String? {
    guard found("java") != nil else { return nil }
    let named = ProcessInfo.processInfo.environment["MARQUEE_SPARK_VENV"]
    let built = SharedData.repository.appendingPathComponent(".build").path
    let here = ((try? FileManager.default.contentsOfDirectory(atPath: built)) ?? []).sorted()
      .filter { $0.hasPrefix("spark-venv-") }.map { "\(built)/\($0)" }
    return ([named].compactMap { $0 } + here.reversed())
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/bin/spark-submit") }.map { $0 + "/bin/python" }
  }

  private static func found(_ program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
      .first(where: FileManager.default.isExecutableFile)
  }
}
