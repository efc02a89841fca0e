import ArgumentParser
import Deployment
import Members
import Settings
import Site
import Web
import Workbench

struct DeployCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy",
    abstract: "Sends the built site to the targets in site.yaml.",
    discussion: """
      Only files whose bytes differ are sent: first assets, then pages; deleted files are removed last. The list
      .marquee-deployed at each target records what Marquee put there; all other files stay and are reported. site.yaml:

        deploy:
          - folder: /var/www/films
          - rsync: me@example.org:/srv/films
          - s3: my-bucket                  keys from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
            region: eu-central-1
            endpoint: https://s3.example.org
          - github-pages: git@github.com:me/films.git
            branch: gh-pages

      EXAMPLES
        marquee deploy --dry-run
        marquee deploy --to s3
      """)

  @Option(name: .long, help: "The site folder.")
  var site: String = "."

  @Option(
    name: .long, parsing: .singleValue,
    help: "Only this target, by its kind or its location. May be given more than once.")
  var to: [String] = []

  @Flag(name: .long, help: "Print what would be done.")
  var dryRun = false

  @Flag(
    name: .long,
    help: "Overwrite files at the target that have the names of the site's files but were not put there by Marquee.")
  var force = false

  func run() throws {
    let deployment = try SiteDeployment(site: site, to: to)
    try SiteFolder(site).checkPrivacyIsPublished()
    if let excess = deployment.excess { Console.note("\(excess); a host with lower limits rejects or truncates it") }
    let isDryRun = dryRun
    for target in deployment.targets {
      var options = DeploymentOptions { action, path in
        if isDryRun { Console.write("\(action) \(path)\n") }
      }
      options.isDryRun = dryRun
      options.replacesForeign = force
      let outcome = try deployment.send(to: target, client: .marquee, options: options)
      let verb = dryRun ? "would be" : "were"
      Console.note(
        "\(target.description): \(outcome.sent) files (\(outcome.bytes) bytes) \(verb) sent, \(outcome.removed) \(verb) removed, "
          + "\(outcome.kept) are the same")
      let told = [
        (outcome.foreign, "stay, since Marquee did not put them there"),
        (outcome.left, "of the site \(verb) left out, since others have the same names there; --force replaces them"),
        (outcome.changed, "of an earlier deployment were changed there and stay; --force replaces them"),
        (
          outcome.skipped,
          "of the output folder \(verb) not sent, since they are links or hidden and no build wrote them"
        ),
      ]
      for (paths, words) in told where !paths.isEmpty {
        Console.note("\(target.description): \(paths.count) \(words): \(DeploymentOutcome.list(paths))")
      }
    }
  }
}
