import ArgumentParser
import Workbench

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The exit codes of the program.
enum ExitStatus: Int, CaseIterable {
  case done = 0
  case failed = 1
  case usage = 64

  var meaning: String {
    switch self {
    case .done: "Done."
    case .failed: "The work could not be done; one line says what is wrong, where, and how to fix it."
    case .usage: "Wrong usage."
    }
  }
}

/// The commands as the argument parser describes them.
struct CommandReference: Decodable {
  struct Tool: Decodable {
    let command: CommandReference
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let abstract: String?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let shouldDisplay: Bool
    let valueName: String?

    var isOfEveryCommand: Bool { ["help", "version"].contains(valueName) && kind == "flag" }

    /// As it is written on the command line.
    var usage: String {
      let value = "<\(valueName ?? "value")>\(isRepeating ? " …" : "")"
      let names = (names ?? []).map(\.text).joined(separator: ", ")
      switch kind {
      case "positional": return value
      case "flag": return names
      default: return "\(names) \(value)"
      }
    }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let arguments: [Argument]?
  let subcommands: [CommandReference]?
  let shouldDisplay: Bool

  /// The program with all of its commands.
  static func program() throws -> CommandReference {
    try JSONDecoder().decode(Tool.self, from: Data(Marquee._dumpHelp().utf8)).command
  }

  /// The page of the handbook.
  static func page() throws -> ReferencePage {
    let program = try program()
    var body = """
      Results go to standard output, progress and logs to standard error. `NO_COLOR` is honoured; a progress bar is only drawn on terminals.
      Every command has `--help`.

      ## Exit codes


      """
    body += MarkdownText.table(
      ["code", "meaning"], ExitStatus.allCases.map { ["\($0.rawValue)", MarkdownText.escaped($0.meaning)] })
    for command in program.subcommands ?? [] where command.commandName != "help" && command.shouldDisplay {
      body += command.section(after: program.commandName, level: 2)
    }
    return ReferencePage(
      name: "commands", title: "Commands", description: "Every command with its options, and the exit codes.",
      order: 904,
      body: body)
  }

  private func section(after path: String, level: Int) -> String {
    let name = "\(path) \(commandName)"
    var text = String(repeating: "#", count: level) + " \(name)\n\n" + MarkdownText.escaped(abstract ?? "") + "\n\n"
    let own = (arguments ?? []).filter { $0.shouldDisplay && !$0.isOfEveryCommand }
    text += MarkdownText.table(
      ["option", "default", "description"],
      own.map { argument in
        [
          MarkdownText.code(argument.usage),
          argument.defaultValue.map(MarkdownText.code) ?? (argument.isOptional ? "" : "needed"),
          MarkdownText.escaped(argument.abstract ?? ""),
        ]
      })
    if let discussion, !discussion.isEmpty { text += "```text\n\(discussion)\n```\n\n" }
    for command in subcommands ?? [] where command.shouldDisplay {
      text += command.section(after: name, level: level + 1)
    }
    return text
  }
}
