import Foundation
import Ratings
import TestSupport
import Testing

@Suite struct `Evaluations for other programs` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let dataset = Dataset.twoTastes(users: 60, movies: 40)
    var text = "userId,movieId,rating\n"
    for row in 0..<dataset.ratings.count {
      // A blank in every user's id, and a comma and a quotation mark in the first movie's.
      let movie = dataset.ratings.movies[row] == 0 ? "\"a, \"\"b\"\"\"" : "m\(dataset.ratings.movies[row])"
      text += "user \(dataset.ratings.users[row]),\(movie),\(dataset.ratings.values[row])\n"
    }
    try folder.write(text, to: "ratings.csv")
  }

  private func evaluate(_ words: [String]) throws -> [String: Any] {
    let outcome = try MarqueeProcess.run(
      ["evaluate", "--data", "ratings.csv", "--models", "als,ease", "--no-intervals", "--json"] + words, in: folder.path
    )
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func metrics(_ answer: [String: Any]) -> [[String: Double]] {
    (answer["models"] as? [[String: Any]])?.compactMap { $0["metrics"] as? [String: Double] } ?? []
  }

  @Test func `a split that was written gives the same figures when it is read again`() throws {
    let first = try evaluate(["--folds", "2", "--export", "out"])
    let again = try evaluate(["--test", "out/part-1/test.csv", "--test", "out/part-2/test.csv"])
    #expect(first["splits"] as? [String] == again["splits"] as? [String])
    #expect(metrics(first) == metrics(again))
    #expect(metrics(first).count == 2)
  }

  @Test func `runs and judgements reproduce the printed nDCG when sorted by score`() throws {
    let answer = try evaluate(["--holdout-per-user", "0.25", "--export", "out"])
    let rows = { (name: String) in
      String(decoding: try folder.read("out/part-1/\(name)"), as: UTF8.self).split(separator: "\n").map {
        $0.split(separator: " ").map(String.init)
      }
    }
    var relevant: [String: Set<String>] = [:]
    for row in try rows("qrels.txt") {
      #expect(row.count == 4 && row[1] == "0" && row[3] == "1" && row[0].hasPrefix("user%20"))
      relevant[row[0], default: []].insert(row[2])
    }
    var run: [String: [(score: Double, movie: String)]] = [:]
    for row in try rows("runs/ease.txt") {
      try #require(row.count == 6 && row[1] == "Q0" && row[5] == "ease")
      run[row[0], default: []].append((try #require(Double(row[4])), row[2]))
    }
    var sum = 0.0
    for (user, movies) in relevant {
      let list = (run[user] ?? []).sorted { $0.score > $1.score }
      #expect(Set(list.map(\.score)).count == list.count)
      let gain = list.prefix(10).enumerated().reduce(0) {
        $0 + (movies.contains($1.element.movie) ? 1 / log2(Double($1.offset + 2)) : 0)
      }
      sum += gain / (0..<min(10, movies.count)).reduce(0) { $0 + 1 / log2(Double($1 + 2)) }
    }
    let printed = try #require(metrics(answer).compactMap { $0["ndcg@10"] }.first)
    #expect(abs(sum / Double(relevant.count) - printed) < 1e-9)
  }

  @Test func `predictions give the printed error, with ids as the data write them`() throws {
    let answer = try evaluate(["--holdout", "0.2", "--export", "out"])
    let lines = String(decoding: try folder.read("out/part-1/predictions/als.csv"), as: UTF8.self).split(
      separator: "\n")
    let errors = lines.dropFirst().compactMap { line -> Double? in
      let fields = line.split(separator: ",").suffix(2).compactMap { Double($0) }
      return fields.count == 2 ? (fields[0] - fields[1]) * (fields[0] - fields[1]) : nil
    }
    let printed = try #require(metrics(answer).compactMap { $0["rmse"] }.first)
    #expect(errors.count == lines.count - 1)
    #expect(abs((errors.reduce(0, +) / Double(errors.count)).squareRoot() - printed) < 1e-5)
    #expect(lines.contains { $0.contains(",\"a, \"\"b\"\"\",") } || !lines.contains { $0.contains("a, ") })
  }

  @Test func `tables are written as CSV, Markdown and LaTeX, and RecBole's files with their header`() throws {
    _ = try evaluate(["--holdout", "0.2", "--export", "out"])
    let text = { (name: String) in String(decoding: try folder.read("out/" + name), as: UTF8.self) }
    #expect(try text("results.csv").hasPrefix("model,job,part,rmse,"))
    #expect(try text("results.md").contains("| als | "))
    #expect(try text("results.tex").contains("\\toprule"))
    let inter = try text("part-1/recbole.train.inter")
    #expect(inter.hasPrefix("user_id:token\titem_id:token\trating:float\ttimestamp:float\n"))
    #expect(inter.split(separator: "\n").allSatisfy { $0.split(separator: "\t").count == 4 })
  }

  @Test func `a folder that holds something is left alone`() throws {
    try folder.write("mine", to: "out/thesis.txt")
    let outcome = try MarqueeProcess.run(
      ["evaluate", "--data", "ratings.csv", "--models", "ease", "--export", "out"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("out"))
    #expect(try folder.contents(of: "out").count == 1)
  }
}
