import Foundation

/// A page of Markdown whose ```console blocks are run as they stand there, in a folder of their own, and whose output is
/// compared with what the page shows.
///
///     ```console
///     $ marquee models | head -1
///     biases  (stars, baselines)
///     ```
///
/// A line `> …` goes on with the command above it. `…` in a line stands for anything, a line of `…` alone for any lines.
public struct ConsoleTutorial: Sendable {
  /// A command and what the page shows below it.
  public struct Step: Sendable {
    public let command: String
    public let shown: [String]
    /// Where the command stands, from 1.
    public let line: Int
  }

  /// What begins a fenced block.
  public struct Fence: Sendable {
    /// What stands behind the marks.
    public let words: [String]
    public let line: Int
  }

  public let name: String
  public private(set) var steps: [Step] = []
  public private(set) var fences: [Fence] = []
  /// Lines of code that no fence encloses, which nothing would run.
  public private(set) var indentedLines: [Int] = []

  public init(name: String, markdown: String) {
    self.name = name
    var open: Fence?
    var command: (text: String, line: Int)?
    var shown: [String] = []
    func step() -> [Step] { command.map { [Step(command: $0.text, shown: shown, line: $0.line)] } ?? [] }
    for (index, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated()
    {
      if line.hasPrefix("```") {
        if open == nil {
          let fence = Fence(words: line.dropFirst(3).split(separator: " ").map(String.init), line: index + 1)
          fences.append(fence)
          open = fence
        } else {
          steps += step()
          (open, command, shown) = (nil, nil, [])
        }
      } else if let fence = open {
        guard fence.words.first == "console" else { continue }
        if line.hasPrefix("$ ") {
          steps += step()
          (command, shown) = ((String(line.dropFirst(2)), index + 1), [])
        } else if line == ">" || line.hasPrefix("> "), shown.isEmpty, let started = command {
          command = (started.text + "\n" + line.dropFirst(2), started.line)
        } else {
          shown.append(line)
        }
      } else if line.hasPrefix("    "), line.contains("marquee ") {
        indentedLines.append(index + 1)
      }
    }
  }

  /// Runs all commands in one shell, one after the other, and names each whose output is another one.
  ///
  /// - Parameter variables: of the environment, beside the few that a shell needs.
  public func differences(in folder: String, variables: [String: String]) throws -> [String] {
    let mark = "-- end of step, status "
    var script = "exec 2>&1\nstatus=0\n"
    for step in steps {
      // Each command sees the status of the one before, as on a terminal.
      script += "(exit $status)\n\(step.command)\nstatus=$?; printf '\\n\(mark)%s\\n' \"$status\"\n"
    }
    let printed = try Self.run(script, in: folder, variables: variables)
    var outputs: [[String]] = [[]]
    for line in printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix(mark) { outputs.append([]) } else { outputs[outputs.count - 1].append(line) }
    }
    var found: [String] = []
    for (step, output) in zip(steps, outputs) where !Self.matches(step.shown, output) {
      found.append(
        "\(name):\(step.line): \(step.command)\nthe page shows:\n\(Self.trimmed(step.shown).joined(separator: "\n"))\n"
          + "it printed:\n\(Self.trimmed(output).joined(separator: "\n"))")
    }
    if outputs.count <= steps.count { found.append("\(name): the shell ended before all commands were run") }
    return found
  }

  private static func run(_ script: String, in folder: String, variables: [String: String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    // A file, not a pipe: a shell that prints more than a pipe holds must not wait for us.
    let capture = try TemporaryFolder()
    let path = try capture.write("", to: "output")
    process.standardOutput = FileHandle(forWritingAtPath: path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return String(decoding: try capture.read("output"), as: UTF8.self)
  }

  /// Whether a page's lines describe those that were printed; blanks at ends and empty lines around do not count.
  public static func matches(_ shown: [String], _ printed: [String]) -> Bool {
    matches(trimmed(shown)[...], trimmed(printed)[...])
  }

  private static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return printed.isEmpty }
    if first == "…" {
      return matches(shown.dropFirst(), printed) || !printed.isEmpty && matches(shown, printed.dropFirst())
    }
    guard let line = printed.first, fits(Array(first)[...], Array(line)[...]) else { return false }
    return matches(shown.dropFirst(), printed.dropFirst())
  }

  private static func fits(_ pattern: ArraySlice<Character>, _ line: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return line.isEmpty }
    if first == "…" {
      return fits(pattern.dropFirst(), line) || !line.isEmpty && fits(pattern, line.dropFirst())
    }
    return line.first == first && fits(pattern.dropFirst(), line.dropFirst())
  }

  private static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines.map { line in
      var text = line[...]
      while text.last?.isWhitespace == true { text.removeLast() }
      return String(text)
    }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
