import ArgumentParser
import Models
import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Results go to standard output, everything else to standard error.
package enum Console {
  /// Prints a result as it is.
  package static func write(_ text: String) { put(text, 1) }

  /// Prints a line about the work.
  package static func note(_ line: String) { put(line + "\n", 2) }

  /// Writes text at the cursor, without ending the line.
  static func draw(_ text: String) { put(text, 2) }

  static let isTerminal = isatty(2) == 1

  /// Whether output may be coloured.
  static let hasColour = isTerminal && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true

  /// Ends the program: 0 for help and the like, 64 for wrong usage, 1 with one line for any other error.
  static func exit(with error: any Error) -> Never {
    if error is ExitCode || Marquee.exitCode(for: error) != .failure { Marquee.exit(withError: error) }
    note("\(hasColour ? "\u{1b}[31;1merror:\u{1b}[0m" : "error:") \(error)")
    Annotations.show("\(error)")
    Annotations.summarize("### Marquee: error\n\n\(error)\n\n")
    endProgram(error is ModelError ? ExitCode.validationFailure.rawValue : ExitCode.failure.rawValue)
  }

  private static func put(_ text: String, _ file: Int32) {
    var text = text
    // A reader that went away, such as `head`, is not an error.
    text.withUTF8 { _ = SystemCalls.write(UnsafeRawBufferPointer($0), to: file) }
  }
}

/// `exit` of the C library: `Console` has a method of that name.
private func endProgram(_ status: Int32) -> Never { exit(status) }
