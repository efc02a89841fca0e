#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Annotations that a CI service shows next to the lines of a change: GitHub's workflow commands, if it runs the program.
enum Annotations {
  private static let environment = ProcessInfo.processInfo.environment

  /// Whether GitHub Actions runs the program.
  static let isOn = environment["GITHUB_ACTIONS"] == "true"

  /// Repeats each line of a message that names a file and a line, in GitHub's form; for an error without a location, the
  /// first line.
  static func show(_ message: String, as level: String = "error") {
    guard isOn else { return }
    let lines = message.split(separator: "\n").map(String.init)
    let commands = lines.compactMap { command(for: $0, as: level, workspace: environment["GITHUB_WORKSPACE"]) }
    commands.forEach(Console.note)
    if commands.isEmpty, level == "error", let first = lines.first {
      Console.note("::error::\(escaped(first, isProperty: false))")
    }
  }

  /// Appends to the summary page that GitHub shows for the run.
  static func summarize(_ markdown: String) {
    guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    let before = FileManager.default.contents(atPath: path) ?? Data()
    try? (before + Data(markdown.utf8)).write(to: URL(fileURLWithPath: path))
  }

  /// `path:line:column: words` as a workflow command; nil for a line without a location.
  static func command(for line: String, as level: String, workspace: String?) -> String? {
    let parts = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count >= 3, let number = Int(parts[1]), number > 0, !parts[0].isEmpty else { return nil }
    var file = String(parts[0])
    if let workspace, file.hasPrefix(workspace + "/") { file.removeFirst(workspace.count + 1) }
    var place = "file=\(escaped(file, isProperty: true)),line=\(number)"
    var words = parts[2...].joined(separator: ":")
    if parts.count == 4, let column = Int(parts[2]) {
      place += ",col=\(column)"
      words = String(parts[3])
    }
    return "::\(level) \(place)::\(escaped(words.drop { $0 == " " }.description, isProperty: false))"
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for character in text {
      switch character {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.append(character)
      }
    }
    return result
  }
}
