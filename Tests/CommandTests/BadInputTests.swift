import Foundation
import TestSupport
import Testing

@Suite struct `Bad input` {
  /// A site with a small good build, and the bytes of its output.
  private func builtSite() throws -> (folder: TemporaryFolder, output: [String: Data]) {
    let folder = try TemporaryFolder()
    try folder.write(goodRatings(), to: "good.csv")
    let outcome = try MarqueeProcess.run(["build", "--data", "good.csv", "--quality", "quick"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return (folder, try folder.contents(of: "output"))
  }

  private func goodRatings(count: Int = 400) -> String {
    "userId,movieId,rating,timestamp\n"
      + (0..<count).map { "\($0 % 20 + 1),\($0 / 20 + 1),\($0 * 7 % 10 / 2 + 1),\($0 + 1000)\n" }.joined()
  }

  @Test(arguments: [
    ("empty.csv", "empty.csv"), ("garbage.csv", "garbage.csv"), ("no-dataset", "no-dataset"),
    ("missing.csv", "missing.csv"),
    ("truncated.csv.gz", "truncated.csv.gz"), ("nan.csv", "nan.csv"), ("header.csv", "header.csv"),
    ("folder-with-text", "folder-with-text"),
  ])
  func `fails with one line, exit code 1, and the site of before stays`(data: String, named: String) throws {
    let (folder, before) = try builtSite()
    try folder.write("", to: "empty.csv")
    try folder.write("userId,movieId,rating,timestamp\n", to: "header.csv")
    try folder.write("userId,movieId,rating,timestamp\n1,1,NaN,1\n2,1,nan,1\n", to: "nan.csv")
    try folder.write("hello\n", to: "folder-with-text/readme.txt")
    try FileManager.default.createDirectory(atPath: folder.path("no-dataset"), withIntermediateDirectories: true)
    let lines = goodRatings().split(separator: "\n").enumerated().map { $0 % 20 == 7 ? "garbage \($0)" : String($1) }
    try folder.write(lines.joined(separator: "\n"), to: "garbage.csv")
    try folder.write(goodRatings(count: 4000), to: "truncated.csv")
    try gzip(folder.path("truncated.csv"))
    let whole = try folder.read("truncated.csv.gz")
    try folder.write(whole.prefix(whole.count / 2), to: "truncated.csv.gz")

    let outcome = try MarqueeProcess.run(["build", "--data", data], in: folder.path)
    #expect(outcome.status == 1, "\(outcome.errors)")
    let errorLines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("error:") }
    #expect(errorLines.count == 1, "\(outcome.errors)")
    #expect(errorLines.first?.contains(named) == true, "\(outcome.errors)")
    #expect(try folder.contents(of: "output") == before)
    let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!beside.contains { $0.hasPrefix(".output") })
  }

  private func gzip(_ path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-f", path]
    try process.run()
    process.waitUntilExit()
  }

  @Test func `a few bad lines are skipped and reported with file and line; --strict rejects them`() throws {
    let (folder, _) = try builtSite()
    try folder.write(goodRatings() + "1,99,not-a-rating,5\n", to: "flawed.csv")
    let outcome = try MarqueeProcess.run(["build", "--data", "flawed.csv"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("flawed.csv:402"), "\(outcome.errors)")
    let strict = try MarqueeProcess.run(["build", "--data", "flawed.csv", "--strict"], in: folder.path)
    #expect(strict.status == 1)
    #expect(strict.errors.contains("flawed.csv:402"))
  }

  @Test func `a user id of 4,000 characters is a bad line`() throws {
    let (folder, _) = try builtSite()
    try folder.write(goodRatings() + String(repeating: "u", count: 4000) + ",1,4,5\n", to: "long.csv")
    let outcome = try MarqueeProcess.run(["build", "--data", "long.csv"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("long.csv:402"), "\(outcome.errors)")
  }

  @Test func `a hostile title is escaped on its page and whole in the JSON`() throws {
    let folder = try TemporaryFolder()
    try folder.write(goodRatings(), to: "data/ratings.csv")
    let title = #"<script>alert(1)</script> & "co""#
    let rows =
      (1...20).map { #"\#($0),"Film \#($0) (1999)",Drama"# } + [
        #"21,"<script>alert(1)</script> & ""co"" (2001)",Comedy"#
      ]
    try folder.write("movieId,title,genres\n" + rows.joined(separator: "\n") + "\n", to: "data/movies.csv")
    let outcome = try MarqueeProcess.run(["build", "--data", "data"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let files = try folder.contents(of: "output")
    let page = files.first { $0.key.hasPrefix("movies/21-") && $0.key.hasSuffix("index.html") }
    let html = String(decoding: page?.value ?? Data(), as: UTF8.self)
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;"))
    for (path, bytes) in files where path.hasSuffix(".html") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("<script>alert"), "\(path)")
    }
    let json = try JSONSerialization.jsonObject(with: files["api/movies/21.json"] ?? Data()) as? [String: Any]
    #expect(json?["title"] as? String == title)
    let check = try MarqueeProcess.run(["check", "output"], in: folder.path)
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func `an output folder with other things in it is not touched`() throws {
    let folder = try TemporaryFolder()
    try folder.write(goodRatings(), to: "good.csv")
    try folder.write("my thesis", to: "precious/thesis.txt")
    let outcome = try MarqueeProcess.run(["build", "--data", "good.csv", "--output", "precious"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(try folder.read("precious/thesis.txt") == Array("my thesis".utf8))
  }

  @Test(arguments: [".", "data", "data/..", "content"])
  func `an output folder that contains input is rejected`(output: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(goodRatings(), to: "data/ratings.csv")
    let outcome = try MarqueeProcess.run(["build", "--data", "data", "--output", output], in: folder.path)
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(try folder.read("data/ratings.csv") == Array(goodRatings().utf8))
  }

  #if os(Linux)
    /// The loader of the system takes the first file of that name in `LD_LIBRARY_PATH`, and these are no libraries.
    @Test(arguments: [
      ["build", "--data", "ratings.csv", "--quality", "quick"],
      ["evaluate", "--data", "ratings.csv", "--models", "biases"],
      ["recommend", "--data", "ratings.csv", "--user", "1"],
    ])
    func `without OpenBLAS a command that needs models says what to install, and ends as after any error`(
      arguments: [String]
    ) throws {
      let folder = try TemporaryFolder()
      try folder.write(goodRatings(), to: "ratings.csv")
      for name in ["libopenblas.so.0", "libopenblas.so"] { try folder.write("no library\n", to: "libraries/" + name) }
      let hidden = ["LD_LIBRARY_PATH": folder.path("libraries")]
      let outcome = try MarqueeProcess.run(arguments, in: folder.path, environment: hidden)
      #expect(outcome.status == 1)
      let last = outcome.errors.split(separator: "\n").last ?? ""
      #expect(last.hasPrefix("error: OpenBLAS is not installed") && last.contains("install libopenblas0"), "\(last)")
      let doctor = try MarqueeProcess.run(["doctor"], in: folder.path, environment: hidden)
      #expect(doctor.status == 1 && doctor.output.contains("OpenBLAS is not installed"))
      // Nothing else needs it.
      #expect(try MarqueeProcess.run(["models"], in: folder.path, environment: hidden).status == 0)
    }
  #endif

  @Test(arguments: [
    ("titel: My films\n", "site.yaml:1", "did you mean “title”?"),
    ("title: A\nquality: fast\n", "site.yaml:2", "it takes best or quick"),
    ("title: [unclosed\n", "site.yaml:", "is not YAML"),
    // The parser of YAML is recursive.
    ("title: " + String(repeating: "[", count: 100_000), "site.yaml:1", "nested more than 32 deep"),
    ("url: films\n", "site.yaml:1", "https://"),
    ("per-page: many\n", "site.yaml:1", "whole number"),
    ("film-links: [imdb, letterbox]\n", "site.yaml:1", "did you mean “letterboxd”?"),
    ("data: [gone]\n", "gone", "does not exist"),
    ("title: A\ntitle: B\ndata: x\n", "site.yaml", "title"),
  ])
  func `a mistake in site.yaml is reported with its line and the nearest word`(
    yaml: String, place: String, words: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(yaml, to: "content/site.yaml")
    let outcome = try MarqueeProcess.run(["build"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(place) && outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func `a template that uses an undeclared name fails with its place and the nearest name`() throws {
    let (folder, before) = try builtSite()
    let standard = SharedData.repository.appendingPathComponent("site-templates/movie.mustache")
    let text = try String(contentsOf: standard, encoding: .utf8)
    try folder.write(text + "\n{{titel}}\n", to: "site-templates/movie.mustache")
    let outcome = try MarqueeProcess.run(["build", "--data", "good.csv"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "movie.mustache:\(text.split(separator: "\n", omittingEmptySubsequences: false).count + 1)"))
    #expect(outcome.errors.contains("title"), "\(outcome.errors)")
    #expect(try folder.contents(of: "output") == before)
  }
}
