import BinaryFiles
import Credentials
import Deployment
import Evaluation
import Fetching
import FilmFacts
import Ingest
import LinearAlgebra
import Markdown
import Members
import Models
import Pipeline
import Platform
import Publishing
import Settings
import Site
import SiteCheck
import Store
import Synthesis
import Templates
import Web
import Workbench

/// The page of the handbook with every error message.
enum ErrorReference {
  private static let sections: [(title: String, words: String, errors: [any Error])] = [
    ("Data", "While ratings are read.", IngestError.examples),
    (
      "The site and its builds", "About settings, folders and builds.",
      SettingsError.examples + PlatformError.examples + PublishingError.examples + PipelineError.examples
    ),
    ("Questions", "When a question of the command line has no answer.", WorkbenchError.examples),
    ("Pages and the theme", "While pages are rendered.", SiteError.examples),
    ("Texts", "In Markdown files.", MarkdownError.examples),
    ("Templates", "In Mustache files.", TemplateError.examples),
    ("Checks of a built site", "From `marquee check`.", SiteCheckError.examples),
    ("Members' lists", "When members' lists are computed from a built site.", MemberError.examples),
    ("Accounts", "From `marquee user`.", UserError.examples + CredentialError.examples),
    ("Backups of the database", "From `marquee backup`.", BackupError.examples),
    ("The database", "About `.marquee/marquee.sqlite` and its backups.", StoreError.examples),
    (
      "Models", "About names and settings of models, and what they compute with.",
      ModelError.examples + LinearAlgebraError.examples
    ),
    ("Evaluation", "When there is nothing to measure.", EvaluationError.examples),
    (
      "Files of earlier builds", "In `.marquee/`: warnings, after which the work is done again.",
      BinaryFileError.examples
    ),
    ("Deployment", "While a site is sent.", DeploymentError.examples),
    ("Downloads", "While data, facts and posters are fetched.", WebError.examples),
    ("Public data sets", "From `marquee fetch`.", FetchingError.examples),
    ("Facts about films", "From `marquee enrich`.", FilmFactsError.examples),
    ("Synthetic data", "From `marquee synthesize`.", SynthesisError.examples),
    (
      "Workers on a cluster", "From `marquee shard`; it exits with 65, or with 74 if its output is closed.",
      ShardError.examples
    ),
  ]

  /// - Parameter server: why the server does not start, one of each.
  static func page(server: [any Error]) -> ReferencePage {
    var body = """
      A command that fails writes one line to standard error, `error:` and what is wrong, where, and how to fix it, and exits with 1; wrong usage
      exits with 64. These are all the messages, with example names.


      """
    for section in sections + [("The server", "Why `marquee serve` does not start.", server)] {
      body += "## \(section.title)\n\n\(section.words)\n\n"
      for error in section.errors {
        for line in "\(error)".split(separator: "\n") { body += "- \(MarkdownText.escaped(String(line)))\n" }
      }
      body += "\n"
    }
    return ReferencePage(
      name: "errors", title: "Errors",
      description: "Every error message of the program.",
      order: 906, body: body)
  }
}
