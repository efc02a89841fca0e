import ArgumentParser
import Platform
import Settings
import Synchronization
import Workbench

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Prints the manual page, generated from the help of every command.",
    discussion: """
      EXAMPLES
        marquee manual | man -l -
        marquee manual > /usr/local/share/man/man1/marquee.1
        marquee manual --pages docs/content/pages/reference      the handbook's reference pages
      """)

  @Option(
    name: .long,
    help: "Write the reference of settings, models, templates and commands to this folder instead, as Markdown.")
  var pages: String?

  func run() throws {
    if let pages {
      try writePages(to: pages)
    } else {
      Console.write(Self.page)
    }
  }

  /// Writes only the pages that differ, so that file watchers are not triggered otherwise.
  private func writePages(to folder: String) throws {
    guard let server = Marquee.server.withLock({ $0 }) else { throw MissingServer() }
    let all: [ReferencePage] =
      [.settings, .models, try CommandReference.page(), ErrorReference.page(server: server.errorExamples)]
      + (try server.referencePages())
    for page in all {
      let path = "\(folder)/\(page.name).md"
      let bytes = Data(page.text.utf8)
      if FileManager.default.contents(atPath: path) != bytes {
        do {
          try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
          try bytes.write(to: URL(fileURLWithPath: path))
        } catch {
          throw PlatformError.notWritable(path: path, reason: "the file cannot be made")
        }
      }
      Console.write("\(path)\n")
    }
  }

  /// The manual page in the language of man.
  private static var page: String {
    var page = ".TH MARQUEE 1 \"\" \"Marquee \(Distribution.version)\" \"User Commands\"\n.SH NAME\n"
    page += "marquee \\- \(escaped(Marquee.configuration.abstract))\n"
    page += ".SH SYNOPSIS\n.B marquee\n.I command\n[\\fIoptions\\fR]\n"
    page += ".SH DESCRIPTION\n.nf\n\(escaped(Marquee.helpMessage(columns: 78)))\n.fi\n"
    for command in Marquee.commands {
      let name = command.configuration.commandName ?? ""
      page += ".SH MARQUEE \(name.uppercased())\n.nf\n"
      page += escaped(Marquee.helpMessage(for: command, columns: 78)) + "\n.fi\n"
    }
    page += ".SH EXIT STATUS\n"
    for status in ExitStatus.allCases { page += ".TP\n.B \(status.rawValue)\n\(escaped(status.meaning))\n" }
    return page
  }

  /// Text for roff: backslashes, literal hyphens, and lines that begin like a request are escaped.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let safe = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : String(safe)
    }.joined(separator: "\n")
  }
}
