import BinaryFiles
import Credentials
import Deployment
import Evaluation
import Fetching
import FilmFacts
import Ingest
import Markdown
import Models
import Pipeline
import Site
import Store
import Synthesis
import Templates
import Web

/// The page of the handbook with every sentence that the program ends with.
enum ErrorReference {
  private static let sections: [(title: String, words: String, errors: [any Error])] = [
    ("Data", "While ratings are read.", IngestError.examples),
    ("The site and its builds", "Of settings, folders and builds.", PipelineError.examples),
    ("Pages and the theme", "While pages are made.", SiteError.examples),
    ("Texts", "In Markdown files.", MarkdownError.examples),
    ("Templates", "In Mustache files.", TemplateError.examples),
    ("Checks of a built site", "Of `marquee check`.", SiteCheckError.examples),
    ("Members' lists", "Of what a built site is asked about its members.", MemberError.examples),
    ("Accounts", "Of `marquee user`.", UserError.examples + CredentialError.examples),
    ("Copies of the database", "Of `marquee backup`.", BackupError.examples),
    ("The database", "Of `.marquee/marquee.sqlite` and copies of it.", StoreError.examples),
    ("Models", "In names and settings of models.", ModelError.examples),
    ("Evaluation", "Where there is nothing to measure.", EvaluationError.examples),
    (
      "Files of earlier builds", "In `.marquee/`: remarks, after which the work is done anew.", BinaryFileError.examples
    ),
    ("Deployment", "While a site is sent.", DeploymentError.examples),
    ("Downloads", "While data, facts and posters are fetched.", WebError.examples),
    ("Public data sets", "Of `marquee fetch`.", FetchingError.examples),
    ("Facts about films", "Of `marquee enrich`.", FilmFactsError.examples),
    ("Made-up data", "Of `marquee synthesize`.", SynthesisError.examples),
    (
      "Workers on a cluster", "Of `marquee shard`; it ends with 65, or 74 where its output is closed.",
      ShardError.examples
    ),
  ]

  /// - Parameter server: why the server does not start, one of each.
  static func page(server: [any Error]) -> ReferencePage {
    var body = """
      A command that fails writes one line to standard error, `error:` and what is wrong, where, and how to fix it, and ends with 1; wrong usage
      ends with 64. These are all the sentences, with made-up names in them.


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
      description: "Every sentence that the program ends with when something is wrong.",
      order: 906, body: body)
  }
}
