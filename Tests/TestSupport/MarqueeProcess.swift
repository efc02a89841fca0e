public import Foundation

/// The built program, run as its users run it.
public enum MarqueeProcess {
  /// What a run left behind.
  public struct Outcome: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
    /// Whether the program ended by a signal.
    public let wasKilled: Bool
  }

  /// The release binary, which `make test` builds before the tests.
  public static let binary = SharedData.repository.appendingPathComponent(".build/release/marquee").path

  /// Runs the program to its end.
  public static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: a child that prints more than a pipe holds must not wait for us.
    let capture = try TemporaryFolder()
    let paths = [capture.path("output"), capture.path("errors")]
    for name in ["output", "errors"] { try capture.write("", to: name) }
    process.standardOutput = FileHandle(forWritingAtPath: paths[0])
    process.standardError = FileHandle(forWritingAtPath: paths[1])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: try capture.read("output"), as: UTF8.self),
      errors: String(decoding: try capture.read("errors"), as: UTF8.self),
      wasKilled: process.terminationReason == .uncaughtSignal)
  }

  /// Starts the program, to be killed.
  public static func start(_ arguments: [String], in folder: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}

extension TemporaryFolder {
  /// The relative paths of all files below `folder`, with their bytes.
  public func contents(of folder: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    let root = url.appendingPathComponent(folder)
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      let file = root.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue {
        result[path] = try Data(contentsOf: file)
      }
    }
    return result
  }
}
