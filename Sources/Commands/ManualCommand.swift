import ArgumentParser
import Pipeline

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Prints the manual page, made of the help of every command.",
    discussion: """
      EXAMPLES
        marquee manual | man -l -
        marquee manual > /usr/local/share/man/man1/marquee.1
      """)

  func run() throws {
    var page = ".TH MARQUEE 1 \"\" \"Marquee \(Distribution.version)\" \"User Commands\"\n.SH NAME\n"
    page += "marquee \\- \(Self.escaped(Marquee.configuration.abstract))\n"
    page += ".SH SYNOPSIS\n.B marquee\n.I command\n[\\fIoptions\\fR]\n"
    page += ".SH DESCRIPTION\n.nf\n\(Self.escaped(Marquee.helpMessage(columns: 78)))\n.fi\n"
    for command in Marquee.commands {
      let name = command.configuration.commandName ?? ""
      page += ".SH MARQUEE \(name.uppercased())\n.nf\n"
      page += Self.escaped(Marquee.helpMessage(for: command, columns: 78)) + "\n.fi\n"
    }
    page += ".SH EXIT STATUS\n.TP\n.B 0\nDone.\n.TP\n.B 1\n"
    page += "The work could not be done; one line says what, where and how to mend it.\n.TP\n.B 64\nWrong usage.\n"
    Console.write(page)
  }

  /// Text for roff: backslashes, hyphens that are to stay hyphens, and lines that begin like a request.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let safe = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : String(safe)
    }.joined(separator: "\n")
  }
}
