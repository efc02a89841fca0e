public import Foundation

/// The auditors of the pages, as `Scripts/audit-tools.sh` leaves them under `.build/audit`.
public enum Audit {
  private static let folder = SharedData.repository.appendingPathComponent(".build/audit")
  private static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

  /// axe-core as one script.
  public static let axe = folder.appendingPathComponent("axe.min.js")
  /// The Nu HTML checker.
  public static let checker = folder.appendingPathComponent("vnu.jar")

  private static let java = ["/usr/bin/java", "/usr/local/bin/java"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Whether tests with axe-core run: where it is, and always in CI, where its absence is a failure.
  public static let hasAxe = isRequired || FileManager.default.fileExists(atPath: axe.path)
  public static let hasChecker = isRequired || (FileManager.default.fileExists(atPath: checker.path) && java != nil)

  /// What a skipped test says.
  public static let absence = "the auditors are not in .build/audit: run Scripts/audit-tools.sh"

  /// What the Nu HTML checker says of HTML files: one line for each error or warning.
  public static func complaints(about files: [String]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: java ?? "/usr/bin/java")
    process.arguments = ["-Xss1024k", "-jar", checker.path, "--stdout", "--asciiquotes"] + files
    let capture = try TemporaryFolder()
    try capture.write("", to: "output")
    process.standardOutput = FileHandle(forWritingAtPath: capture.path("output"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return String(decoding: try capture.read("output"), as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
