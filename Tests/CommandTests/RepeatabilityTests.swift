import Foundation
import Ratings
import TestSupport
import Testing

@Suite struct `The same bytes` {
  /// A site with its ratings in three files.
  private static func makeSite(in folder: TemporaryFolder, isTurned: Bool) throws {
    var random = CounterRandom(seed: 5)
    var lines: [[String]] = [[], [], []]
    for user in 1...40 {
      for movie in 1...60 where random.uniform() < 0.3 {
        let time = 1_000_000_000 + Int(random.uniform() * 1e8)
        lines[user % 3].append("\(user),\(movie),\(1 + Int(random.uniform() * 9.99) / 2),\(time)")
      }
    }
    let movies = (1...60).map { "\($0),Île Ł\($0) – ünï (\(1930 + $0)),\(["Drama", "War|Comedy", "Noir"][$0 % 3])" }
    // The order of files on the disk, and that of lines.
    for part in isTurned ? [2, 0, 1] : [0, 1, 2] {
      let rows = isTurned ? lines[part].reversed() : lines[part]
      try folder.write(
        "userId,movieId,rating,timestamp\n" + rows.joined(separator: "\n") + "\n", to: "content/more\(part)/ratings.csv"
      )
    }
    try folder.write(
      "movieId,title,genres\n" + (isTurned ? movies.reversed() : movies).joined(separator: "\n") + "\n",
      to: "content/more0/movies.csv")
    for name in isTurned ? ["b", "a"] : ["a", "b"] { try folder.write("Words.\n", to: "content/pages/\(name).md") }
    try folder.write("---\ntitle: Post\ndate: 2024-02-29\n---\nNews.\n", to: "content/news/post.md")
    try folder.write(
      "title: Zürich\nurl: https://example.org/\ndata: [more0, more1, more2]\nquality: best\n", to: "content/site.yaml")
  }

  @Test(.slow) func `in another folder, language, time zone and year, with other threads and files in another order`()
    throws
  {
    var outputs: [[String: Data]] = []
    for (name, isTurned, jobs, environment) in [
      ("one", false, "1", ["LC_ALL": "C", "TZ": "UTC", "SOURCE_DATE_EPOCH": "0"]),
      (
        "a folder/elsewhere", true, "2",
        ["LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1700000000"]
      ),
    ] {
      let folder = try TemporaryFolder()
      let site = folder.path(name)
      let inner = try TemporaryFolder()
      try Self.makeSite(in: inner, isTurned: isTurned)
      try FileManager.default.createDirectory(
        atPath: (site as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: inner.path, toPath: site)
      let outcome = try MarqueeProcess.run(
        ["build", "--site", site, "--jobs", jobs], in: folder.path, environment: environment)
      #expect(outcome.status == 0, "\(outcome.errors)")
      outputs.append(try folder.contents(of: name + "/output"))
    }
    #expect(outputs[0].count > 200)
    let different = Set(outputs[0].keys).union(outputs[1].keys).filter { outputs[0][$0] != outputs[1][$0] }
    #expect(different.isEmpty, "\(different.sorted().prefix(10))")
  }
}
