package import Foundation
import Synchronization

/// A program of the system that is run to its end.
package struct Program {
  let name: String
  let arguments: [String]
  /// What it gets to read.
  var input = Data()
  /// The exit codes that mean success.
  var successes: Set<Int32> = [0]
  /// The environment that it sees.
  var environment = ProcessInfo.processInfo.environment

  package init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }

  /// What it printed.
  ///
  /// - Throws: `DeploymentError` with its own words where it is missing or fails.
  package func run() throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    let (given, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input.isEmpty ? FileHandle.nullDevice : given
    process.standardOutput = output
    process.standardError = errors
    process.environment = environment
    try process.run()
    // All are served at once: a program blocks on a full pipe.
    let complaint = Drain(errors.fileHandleForReading)
    if !input.isEmpty {
      DispatchQueue.global().async { [input] in
        // One that ends before it has read everything says why itself.
        try? given.fileHandleForWriting.write(contentsOf: input)
        try? given.fileHandleForWriting.close()
      }
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let words = complaint.finish().split(separator: "\n").suffix(3).joined(separator: "; ")
    if process.terminationStatus == 127, words.contains("env:") { throw DeploymentError.programMissing(name: name) }
    guard successes.contains(process.terminationStatus) else {
      throw DeploymentError.program(
        name: name, reason: words.isEmpty ? "exit code \(process.terminationStatus)" : words)
    }
    return data
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
