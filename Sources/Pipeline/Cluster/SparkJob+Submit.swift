import Foundation
import Platform

extension SparkJob {
  /// Writes `marquee_spark.py`.
  package static func write(to path: String) throws {
    do {
      try RawFile.write(text, to: path)
    } catch {
      throw PlatformError.notWritable(path: path, reason: "\(error)")
    }
  }

  /// Runs `spark-submit` with the job; what it and Spark say goes where this program's words go.
  ///
  /// - Parameters:
  ///   - bundle: an archive that `Bundle.write` wrote; nil to write one for this run.
  ///   - submit: arguments of `spark-submit` itself.
  ///   - job: arguments of the job.
  /// - Returns: the exit code of `spark-submit`.
  /// - Throws: `PipelineError.sparkMissing` where there is none.
  package static func submit(bundle: String?, submit: [String], job: [String]) throws -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    let home = environment["SPARK_HOME"].map { $0 + "/bin" }
    let folders = [home].compactMap { $0 } + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    guard let program = folders.map({ $0 + "/spark-submit" }).first(where: FileManager.default.isExecutableFile) else {
      throw PipelineError.sparkMissing
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-spark-\(UUID().uuidString)")
      .path
    try RawFile.makeFolders(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(to: "\(folder)/\(name)")
    let archive = bundle ?? "\(folder)/marquee.tar.gz"
    if bundle == nil { try Bundle.write(to: archive) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = submit + ["\(folder)/\(name)", "--bundle", archive] + job
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
