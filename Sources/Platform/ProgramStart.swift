import CPlatform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How this program was started, also without /proc.
package enum ProgramStart {
  /// The words behind the program's name.
  package static var arguments: [String] {
    words.isEmpty ? Array(CommandLine.arguments.dropFirst()) : Array(words.dropFirst())
  }

  /// The path of the running program: of the kernel, else the word that it was called by, looked up in PATH where that is no path.
  package static func executable() -> String {
    if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
    let word = words.first ?? CommandLine.arguments.first ?? "marquee"
    guard !word.contains("/") else { return word }
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
    return folders.map { "\($0)/\(word)" }.first { FileManager.default.isExecutableFile(atPath: $0) } ?? word
  }

  /// Threads of Swift's runtime end the program where they do not find /proc, in the middle of whatever it does.
  ///
  /// - Throws: `PlatformError.noProcesses` on a Linux without it.
  package static func checkSystem() throws {
    #if os(Linux)
      guard FileManager.default.fileExists(atPath: "/proc/self/stat") else { throw PlatformError.noProcesses }
    #endif
  }

  private static var words: [String] {
    (0..<marquee_argument_count()).map { String(cString: marquee_argument($0)) }
  }
}
