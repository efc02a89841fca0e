import Foundation
import TestSupport
import Testing

@Suite struct `The sample site` {
  /// A copy of the repository's own site.
  static func site() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: SharedData.repository.appendingPathComponent("content"), to: folder.url.appendingPathComponent("content"))
    return folder
  }

  @Test(.slow) func `builds, is clean, and is byte for byte the same with one thread, with two, and the second time`()
    throws
  {
    let folder = try Self.site()
    for (output, options) in [
      ("one", ["--jobs", "1", "--clean"]), ("two", ["--jobs", "2", "--clean"]), ("again", []),
    ] {
      let outcome = try MarqueeProcess.run(["build", "--output", output] + options, in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let one = try folder.contents(of: "one")
    #expect(one.count > 700)
    #expect(try folder.contents(of: "two") == one)
    #expect(try folder.contents(of: "again") == one)
    let check = try MarqueeProcess.run(["check", "one"], in: folder.path)
    #expect(check.status == 0, "\(check.output)")
    for file in [
      "index.html", "404.html", "sitemap.xml", "robots.txt", "feed.xml", "manifest.webmanifest", "models/index.html",
      "api/models.json", "build.json", "users/1/index.html", "api/users/1.json",
    ] { #expect(one[file] != nil, "\(file)") }
  }

  @Test func `a model's file that is damaged is not used, and that is said`() throws {
    let folder = try Self.site()
    let built = try MarqueeProcess.run(["build", "--quality", "quick"], in: folder.path)
    try #require(built.status == 0, "\(built.errors)")
    try folder.write("user,movie\n1,1\n", to: "pairs.csv")
    let words = ["predict", "--model", "als", "--pairs", "pairs.csv"]
    let whole = try MarqueeProcess.run(words, in: folder.path)
    #expect(whole.status == 0 && !whole.errors.contains("als.bin"), "\(whole.errors)")
    var bytes = try folder.read(".marquee/models/als.bin")
    bytes[bytes.count / 2] ^= 0x55
    for (bytes, message) in [(bytes, "is damaged"), (Array(bytes.prefix(3)), "is not a Marquee file")] {
      try folder.write(bytes, to: ".marquee/models/als.bin")
      let outcome = try MarqueeProcess.run(words, in: folder.path)
      #expect(outcome.status == 0 && outcome.output.hasPrefix("user,movie,prediction\n1,1,"))
      #expect(outcome.errors.contains("als.bin: \(message)"), "\(outcome.errors)")
      #expect(outcome.errors.contains("als is fitted again"))
    }
  }

  @Test(.slow) func `a second build keeps every file and its time stamp`() throws {
    let folder = try Self.site()
    let report = folder.path("report.json")
    for _ in 0..<2 {
      let outcome = try MarqueeProcess.run(["build", "--report", report], in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let json = try JSONSerialization.jsonObject(with: Data(try folder.read("report.json"))) as? [String: Any]
    let pages = try #require(json?["pages"] as? [String: Int])
    #expect(pages["written"] == 0 && pages["removed"] == 0 && (pages["kept"] ?? 0) > 700)
    let stages = try #require(json?["stages"] as? [[String: Any]])
    #expect(
      stages.compactMap { $0["name"] as? String }
        == ["ingest", "split", "train", "evaluate", "precompute", "render", "index", "publish"])
    #expect(stages[2]["reused"] as? Bool == true)
  }

  @Test(.slow) func `killed at any moment, the output is a whole site and the next build succeeds`() throws {
    let folder = try Self.site()
    #expect(try MarqueeProcess.run(["build", "--quality", "quick"], in: folder.path).status == 0)
    let quick = try folder.contents(of: "output")
    #expect(try MarqueeProcess.run(["build", "--clean", "--output", "best"], in: folder.path).status == 0)
    let best = try folder.contents(of: "best")
    for step in 0..<12 {
      let process = try MarqueeProcess.start(["build", "--clean"], in: folder.path)
      usleep(UInt32(20_000 + step * 40_000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let now = try folder.contents(of: "output")
      #expect(now == quick || now == best, "after \(step)")
    }
    let outcome = try MarqueeProcess.run(["build"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try folder.contents(of: "output") == best)
    // The other of the two folders that take turns, and nothing else.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.filter { $0.hasPrefix(".output") } == [".output.next"])
  }

  @Test(arguments: [
    "user,title,year,rating\nann,Heat,1995,4\nann,Alien,1979,5\nbob,Heat,1995,3\n",
    "user,film,stars\nann,Heat,4\nbob,Heat,3\n",
  ])
  func `a new site of a table without genres, or without years, builds and has no link to nothing`(table: String) throws
  {
    let folder = try TemporaryFolder()
    try folder.write(table, to: "mine.csv")
    #expect(try MarqueeProcess.run(["new", "films", "--data", "mine.csv", "--yes"], in: folder.path).status == 0)
    let built = try MarqueeProcess.run(["build", "--site", "films", "--quality", "quick"], in: folder.path)
    #expect(built.status == 0, "\(built.errors)")
    let checked = try MarqueeProcess.run(["check", "films/output"], in: folder.path)
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  @Test func `a new site builds at once`() throws {
    let folder = try TemporaryFolder()
    #expect(try MarqueeProcess.run(["new", "films"], in: folder.path).status == 0)
    #expect(try MarqueeProcess.run(["build", "--site", "films"], in: folder.path).status == 0)
    #expect(try MarqueeProcess.run(["check", "films/output"], in: folder.path).status == 0)
    let again = try MarqueeProcess.run(["new", "films"], in: folder.path)
    #expect(again.status == 1 && again.errors.contains("not empty"))
  }
}

@Suite(.slow, .serialized) struct `Real data` {
  @Test(
    .enabled(if: SharedData.has(SharedData.movieLens100k), Comment(rawValue: SharedData.absence)),
    arguments: [
      (SharedData.movieLens100k, "best", 1000, 943, 1682, 100_000),
      (SharedData.movieLensLatestSmall, "quick", 300, 610, 9742, 100_836),
    ])
  func `every user and movie has a page and its JSON, and the site is clean`(
    data: String, quality: String, mostMegabytes: Double, users: Int, movies: Int, ratings: Int
  ) throws {
    let folder = try TemporaryFolder()
    let outcome = try MarqueeProcess.run(
      ["build", "--data", data, "--quality", quality, "--report", "report.json"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let output = folder.path("output")
    let count = { (path: String) in
      try FileManager.default.contentsOfDirectory(atPath: output + path)
        .filter { Int($0.prefix { $0.isNumber }) != nil }.count
    }
    #expect(try count("/users") == users)
    #expect(try count("/movies") == movies)
    #expect(try count("/api/users") == users)
    #expect(try count("/api/movies") == movies)
    let check = try MarqueeProcess.run(["check", output])
    #expect(check.status == 0, "\(check.output.prefix(2000))")
    let report = try JSONSerialization.jsonObject(with: Data(try folder.read("report.json"))) as? [String: Any]
    #expect(report?["counts"] as? [String: Int] == ["users": users, "movies": movies, "ratings": ratings])
    let stages = try #require(report?["stages"] as? [[String: Any]])
    #expect(stages.allSatisfy { ($0["peak_mb"] as? Double ?? .infinity) < mostMegabytes })
  }

  @Test(.enabled(if: SharedData.has(SharedData.movieLens100k), Comment(rawValue: SharedData.absence)))
  func `predict reproduces the RMSE that evaluate prints`() throws {
    let folder = try TemporaryFolder()
    let (base, test) = (SharedData.movieLens100k + "/u1.base", SharedData.movieLens100k + "/u1.test")
    let names = ["biases", "item-neighbours", "als"]
    let evaluation = try MarqueeProcess.run(
      ["evaluate", "--data", base, "--test", test, "--models", names.joined(separator: ","), "--json"])
    #expect(evaluation.status == 0, "\(evaluation.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(evaluation.output.utf8)) as? [String: Any]
    let models = try #require(json?["models"] as? [[String: Any]])
    let rows = try String(contentsOfFile: test, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: "\t")
    }
    try folder.write(rows.map { "\($0[0]),\($0[1])\n" }.joined(), to: "pairs.csv")
    for (name, model) in zip(names, models) {
      let printed = try #require((model["metrics"] as? [String: Double])?["rmse"])
      let outcome = try MarqueeProcess.run(
        ["predict", "--data", base, "--model", name, "--pairs", folder.path("pairs.csv")])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let predictions = outcome.output.split(separator: "\n").map { $0.split(separator: ",") }
      #expect(predictions.count == rows.count)
      var squares = 0.0
      for (prediction, row) in zip(predictions, rows) {
        #expect(prediction[0] == row[0] && prediction[1] == row[1])
        let error = try #require(Double(prediction[2])) - #require(Double(row[2]))
        squares += error * error
      }
      #expect(abs((squares / Double(rows.count)).squareRoot() - printed) < 1e-6, "\(name)")
    }
  }
}
