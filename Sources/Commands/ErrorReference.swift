import BinaryFiles
import Deployment
import Evaluation
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
    ("The database", "Of `.marquee/marquee.sqlite` and copies of it.", StoreError.examples),
    ("Models", "In names and settings of models.", ModelError.examples),
    ("Evaluation", "Where there is nothing to measure.", EvaluationError.examples),
    (
      "Files of earlier builds", "In `.marquee/`: remarks, after which the work is done anew.", BinaryFileError.examples
    ),
    ("Deployment", "While a site is sent.", DeploymentError.examples),
    ("Downloads", "While data, facts and posters are fetched.", WebError.examples),
    ("Made-up data", "Of `marquee synthesize`.", SynthesisError.examples),
  ]

  static func page() -> ReferencePage {
    var body = """
      A command that fails writes one line to standard error, `error:` and what is wrong, where, and how to fix it, and ends with 1; wrong usage
      ends with 64. These are all the sentences, with made-up names in them.


      """
    for section in sections {
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
