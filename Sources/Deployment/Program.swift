package import Foundation
import Synchronization

/// An external program that is run to completion.
package struct Program {
  let name: String
  let arguments: [String]
  /// Its standard input.
  var input = Data()
  /// The exit codes that mean success.
  var successes: Set<Int32> = [0]
  /// Its environment.
  var environment = ProcessInfo.processInfo.environment

  package init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }

  /// Its output.
  ///
  /// - Throws: `DeploymentError` with its error output if it is missing or fails.
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
    // All pipes are served at once: a program blocks on a full pipe.
    let complaint = Drain(errors.fileHandleForReading)
    if !input.isEmpty {
      DispatchQueue.global().async { [input] in
        // A program that ends before it has read everything explains itself.
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

/// Reads a pipe to its end on another thread.
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
