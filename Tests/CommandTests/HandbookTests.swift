import Foundation
import TestSupport
import Testing

@Suite struct `The handbook` {
  static let folder = SharedData.repository.appendingPathComponent("docs/content/pages")

  static let pages: [ConsoleTutorial] = {
    let names = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
    return names.filter { $0.hasSuffix(".md") }.compactMap { name in
      FileManager.default.contents(atPath: folder.appendingPathComponent(name).path)
        .map { ConsoleTutorial(name: "docs/content/pages/" + name, markdown: String(decoding: $0, as: UTF8.self)) }
    }
  }()

  /// Those that somebody wrote.
  static let written = pages.filter { !$0.name.contains("/reference/") }
  static let tutorials = written.filter { !$0.steps.isEmpty }.map(\.name)

  /// Runs a page as a reader would: in an empty folder, the program on the path, the network shut.
  private func differences(of page: ConsoleTutorial) throws -> [String] {
    let folder = try TemporaryFolder()
    let home = try TemporaryFolder()
    let binary = URL(fileURLWithPath: MarqueeProcess.binary)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let nowhere = "http://127.0.0.1:9"
    return try page.differences(
      in: folder.path,
      variables: [
        "PATH": binary.deletingLastPathComponent().path + ":" + path, "HOME": home.path, "TMPDIR": home.path,
        "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "http_proxy": nowhere, "https_proxy": nowhere,
        "MARQUEE_HOME": SharedData.repository.path,
      ])
  }

  @Test(.slow, .timeLimit(.minutes(5)), arguments: tutorials)
  func `the output shown below a command is what the command prints`(name: String) throws {
    let page = try #require(Self.pages.first { $0.name == name })
    for difference in try differences(of: page) { Issue.record(Comment(rawValue: difference)) }
  }

  @Test func `an output that changed is found, with its place`() throws {
    let page = ConsoleTutorial(
      name: "page.md",
      markdown: """
        ```console
        $ printf 'one\\ntwo 2 s\\n'
        one
        two … s
        $ printf 'a\\nb\\nc\\n'
        a
        …
        $ cat <<END
        > three
        > END
        three
        $ echo four
        five
        ```
        """)
    #expect(page.steps.count == 4)
    let differences = try differences(of: page)
    #expect(differences.count == 1)
    #expect(differences.first?.hasPrefix("page.md:12: echo four") == true)
    #expect(!ConsoleTutorial.matches(["a", "c"], ["a", "b", "c"]))
    #expect(!ConsoleTutorial.matches(["a", "…", "d"], ["a", "b", "c"]))
    #expect(!ConsoleTutorial.matches(["a"], ["a", "b"]))
  }

  @Test func `most of what the handbook shows is run`() {
    #expect(Self.tutorials.count >= 8)
    #expect(Self.written.reduce(0) { $0 + $1.steps.count } >= 40)
  }

  /// Why a block cannot be run by this suite, as its fence says.
  private static let reasons: Set = ["network", "root", "host", "terminal"]

  @Test func `blocks that are not run say why, and are few`() {
    let languages: Set = ["console", "sh", "yaml", "csv", "json", "text", "mustache", "markdown", "toml", "css", "js"]
    var unrun: [String] = []
    for page in Self.written {
      for fence in page.fences {
        let place = "\(page.name):\(fence.line)"
        let language = fence.words.first ?? ""
        #expect(languages.contains(language), "\(place): a block of “\(language)”; name one of \(languages.sorted())")
        guard language == "sh" else { continue }
        let reason = fence.words.dropFirst().first ?? ""
        #expect(Self.reasons.contains(reason), "\(place): say why it is not run: ```sh \(Self.reasons.sorted())")
        unrun.append("\(place) (\(reason))")
      }
      for line in page.indentedLines {
        Issue.record("\(page.name):\(line): commands stand in fenced blocks, so that they are run")
      }
    }
    #expect(unrun.count <= 20, "\(unrun.joined(separator: "\n"))")
  }

  @Test(.slow) func `it builds, each page is reachable, and each link leads somewhere`() throws {
    let folder = try TemporaryFolder()
    let docs = SharedData.repository.appendingPathComponent("docs")
    for part in ["content", "site-templates"] {
      try FileManager.default.copyItem(
        at: docs.appendingPathComponent(part), to: folder.url.appendingPathComponent(part))
    }
    let data = SharedData.repository.appendingPathComponent("content/sample").path
    let build = try MarqueeProcess.run(["build", "--site", folder.path, "--data", data])
    #expect(build.status == 0, "\(build.errors)")
    let check = try MarqueeProcess.run(["check", folder.path("output")])
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func `the reference pages are up to date with the program`() throws {
    let folder = try TemporaryFolder()
    let outcome = try MarqueeProcess.run(["manual", "--pages", folder.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let made = outcome.output.split(separator: "\n").map { URL(fileURLWithPath: String($0)).lastPathComponent }
    #expect(made.sorted() == ["commands.md", "endpoint.md", "errors.md", "models.md", "settings.md", "templates.md"])
    for name in made {
      let kept = FileManager.default.contents(atPath: Self.folder.appendingPathComponent("reference/\(name)").path)
      #expect(
        kept == Data(try folder.read(name)),
        "docs/content/pages/reference/\(name) is out of date: make docs, and commit it")
    }
  }

  @Test func `every name that templates may use says what it is`() throws {
    let page = Self.folder.appendingPathComponent("reference/templates.md")
    var model = ""
    var count = 0
    for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("#") { model = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| `") else { continue }
      count += 1
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(
        cells.count == 3 && cells.last?.hasSuffix(".") == true,
        "\(model): \(cells.first ?? "") has no description that ends with a full stop")
    }
    #expect(count > 300)
  }
}
