import Foundation
import Ratings
import TestSupport
import Testing

@Suite struct `Evaluating and tuning on the command line` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let dataset = Dataset.twoTastes(users: 80, movies: 60)
    var text = "userId,movieId,rating,timestamp\n"
    var random = CounterRandom(seed: 3)
    for row in 0..<dataset.ratings.count {
      let (user, movie) = (dataset.ratings.users[row] + 1, dataset.ratings.movies[row] + 1)
      text += "\(user),\(movie),\(dataset.ratings.values[row]),\(1_000_000_000 + random.index(below: 10_000))\n"
    }
    try folder.write(text, to: "ratings.csv")
    try folder.write(text.replacing(/,\d+\n/, with: ",0\n"), to: "undated.csv")
  }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try MarqueeProcess.run(arguments, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test(arguments: [
    ["--folds", "3"], ["--holdout", "0.2"], ["--holdout-per-user", "0.25"], ["--leave-one-out"],
    ["--leave-one-out", "--negatives", "9"], ["--strong", "0.2"], ["--chronological", "0.2"],
  ])
  func `every protocol gives reproducible figures with its description`(words: [String]) throws {
    let arguments = ["evaluate", "--data", "ratings.csv", "--models", "biases,popularity,ease", "--json"] + words
    let answer = try json(arguments)
    let models = try #require(answer["models"] as? [[String: Any]])
    #expect(models.count == 3)
    #expect((answer["splits"] as? [String])?.isEmpty == false)
    for model in models {
      #expect((model["protocol"] as? String)?.isEmpty == false)
      #expect(
        (model["protocol"] as? String)?.contains("SAMPLED")
          == (words.contains("--negatives") && model["job"] as? String == "lists"))
      let metrics = try #require(model["metrics"] as? [String: Double])
      #expect(metrics.values.allSatisfy { $0.isFinite })
      let stars = ["rmse", "mae", "mape", "within-half", "coverage-80", "interval-width"]
      let lists = [
        "ndcg", "precision", "recall", "hit-rate", "map", "mrr", "coverage", "novelty", "diversity", "popular",
      ]
      for name in model["job"] as? String == "stars" ? stars : lists.map({ $0 + "@10" }) {
        #expect(metrics[name] != nil, "\(name)")
      }
      #expect(model["fit_seconds"] is Double && model["predict_seconds"] is Double && model["peak_mb"] is Double)
    }
    let again = try json(arguments)
    #expect(again["splits"] as? [String] == answer["splits"] as? [String])
    let metrics = { (answer: [String: Any]) in
      (answer["models"] as? [[String: Any]])?.map { $0["metrics"] as? [String: Double] }
    }
    #expect(metrics(again) == metrics(answer))
  }

  @Test func `folds have standard deviations`() throws {
    let answer = try json(["evaluate", "--data", "ratings.csv", "--folds", "3", "--models", "biases", "--json"])
    let model = try #require((answer["models"] as? [[String: Any]])?.first)
    #expect((model["folds"] as? [[String: Double]])?.count == 3)
    #expect(((model["deviations"] as? [String: Double])?["rmse"] ?? 0) > 0)
    let text = try MarqueeProcess.run(
      ["evaluate", "--data", "ratings.csv", "--folds", "3", "--models", "biases"], in: folder.path)
    #expect(text.output.contains("±") && text.output.contains("3 random folds, mean, seed 1"))
  }

  @Test func `models that keep a learning curve show one for each fold`() throws {
    let answer = try json(["evaluate", "--data", "ratings.csv", "--folds", "2", "--models", "sgd", "--json"])
    let model = try #require((answer["models"] as? [[String: Any]])?.first)
    let curves = try #require(model["learning_curves"] as? [[[String: Double]]])
    #expect(curves.count == 2)
    #expect(curves.allSatisfy { $0.first?["epoch"] == 1 && $0.first?["training_rmse"] != nil })
  }

  @Test func `a test file's pairs are not in the training part, so that the whole data may be named`() throws {
    let all = String(decoding: try folder.read("ratings.csv"), as: UTF8.self).split(separator: "\n")
    let head = all[0]
    try folder.write(([head] + all.dropFirst().prefix(100)).joined(separator: "\n") + "\n", to: "test.csv")
    try folder.write(([head] + all.dropFirst(101)).joined(separator: "\n") + "\n", to: "rest.csv")
    let figures = try ["ratings.csv", "rest.csv"].map { data in
      let answer = try json(["evaluate", "--data", data, "--test", "test.csv", "--models", "biases", "--json"])
      return (answer["models"] as? [[String: Any]])?.first?["metrics"] as? [String: Double]
    }
    #expect(figures[0]?["rmse"] == figures[1]?["rmse"])
    #expect(figures[0]?["rmse"] != nil)
  }

  @Test func `limitations of the test set are reported with the figures`() throws {
    let all = String(decoding: try folder.read("ratings.csv"), as: UTF8.self).split(separator: "\n")
    func remarks(_ lines: [Substring]) throws -> [String] {
      try folder.write(([all[0]] + lines).joined(separator: "\n") + "\n", to: "test.csv")
      let answer = try json(["evaluate", "--data", "ratings.csv", "--test", "test.csv", "--models", "biases", "--json"])
      return try #require(answer["remarks"] as? [String])
    }
    let shared = try remarks(Array(all[1...5]))
    #expect(shared.count == 1 && shared[0].hasPrefix("5 ratings of the data are of pairs that the test has too"))
    let strange = try remarks(["new,1,4,0", "new,2,4,0"])
    #expect(strange.count == 2 && strange[0].hasPrefix("2 of 2 test ratings are of users or movies that are not"))
    #expect(strange[1].hasPrefix("nobody in the test is in the training part"))
    try folder.write("user,movie,rating\n1,1,5\n1,2,3\n2,1,4\n2,3,2\n3,2,5\n3,3,4\n", to: "few.csv")
    let few = try json(["evaluate", "--data", "few.csv", "--leave-one-out", "--models", "popularity", "--json"])
    #expect((few["remarks"] as? [String])?.contains { $0.contains("too little data for figures of lists") } == true)
  }

  @Test func `a scale that cannot be inferred is set on the command line`() throws {
    try folder.write(
      "user,movie,rating\n" + (0..<40).map { "\($0 % 8),\($0 / 8),\($0 % 21 - 10)" }.joined(separator: "\n") + "\n",
      to: "odd.csv")
    try folder.write("user,movie\n1,1\n", to: "pairs.csv")
    let words = ["predict", "--data", "odd.csv", "--model", "biases", "--pairs", "pairs.csv"]
    let refused = try MarqueeProcess.run(words, in: folder.path)
    #expect(
      refused.status == 1 && refused.errors.contains("--scale \"minimum: -10, maximum: 10\""), "\(refused.errors)")
    let read = try MarqueeProcess.run(words + ["--scale", "minimum: -10, maximum: 10"], in: folder.path)
    #expect(read.status == 0, "\(read.errors)")
    let bad = try MarqueeProcess.run(words + ["--scale", "minimum: 10"], in: folder.path)
    #expect(bad.status == 1 && bad.errors.contains("--scale: “scale” needs a minimum and a larger maximum"))
  }

  @Test func `given candidates are ranked among themselves`() throws {
    try folder.write("user,movie,others\n1,1,2,3,4\n2,5,6,7,8\n99,1,2,3,4\n", to: "candidates.csv")
    let answer = try json([
      "evaluate", "--data", "ratings.csv", "--candidates", "candidates.csv", "--models", "ease", "--k", "1,4", "--json",
    ])
    let model = try #require((answer["models"] as? [[String: Any]])?.first)
    #expect((model["protocol"] as? String)?.contains("candidates.csv") == true)
    #expect((model["metrics"] as? [String: Double])?["hit-rate@4"] == 1)
  }

  @Test func `timestamps of pairs are read, and an invalid one is reported with its line`() throws {
    try folder.write("1,2,1000000000\n1,3,2001-09-09\n2,4,\n", to: "pairs.csv")
    let good = try MarqueeProcess.run(
      ["predict", "--data", "ratings.csv", "--model", "biases", "--pairs", "pairs.csv"], in: folder.path)
    #expect(good.status == 0, "\(good.errors)")
    #expect(good.output.split(separator: "\n").count == 3)
    try folder.write("1,2,1000000000\n1,3,soon\n", to: "bad.csv")
    let bad = try MarqueeProcess.run(
      ["predict", "--data", "ratings.csv", "--model", "biases", "--pairs", "bad.csv"], in: folder.path)
    #expect(bad.status == 1)
    #expect(bad.errors.contains("bad.csv:2: “soon” is not a date"))
  }

  @Test func `undated ratings cannot be divided by date`() throws {
    let outcome = try MarqueeProcess.run(
      ["evaluate", "--data", "undated.csv", "--chronological", "0.1", "--models", "biases"], in: folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("no dates"))
    #expect(outcome.output.isEmpty)
  }

  @Test func `settings change the figures and are in the output`() throws {
    let answers = try [[], ["--settings", "als.factors=2"]].map { words in
      try json(["evaluate", "--data", "ratings.csv", "--folds", "2", "--models", "als", "--json"] + words)
    }
    let models = answers.map { ($0["models"] as? [[String: Any]])?.first }
    #expect((models[1]?["settings"] as? [String: Double])?["factors"] == 2)
    #expect(
      (models[0]?["metrics"] as? [String: Double])?["rmse"] != (models[1]?["metrics"] as? [String: Double])?["rmse"])
  }

  @Test(arguments: [
    (["--folds", "3", "--leave-one-out"], "exclude each other"),
    (["--strong", "1.5"], "--strong must be between 0 and 1"),
    (["--negatives", "0"], "--negatives must be 1 or more"), (["--k", "ten"], "--k must be whole numbers"),
    (["--candidates", "x", "--folds", "2"], "leave out --folds"), (["--settings", "als.factors"], "is not a setting"),
    (["--settings", "als.factors=0"], "factors cannot be 0"),
    (["--settings", "als.color=1"], "has no setting “color”"),
  ])
  func `wrong usage exits with 64 and explains the right one`(words: [String], message: String) throws {
    let outcome = try MarqueeProcess.run(
      ["evaluate", "--data", "ratings.csv", "--models", "als,biases"] + words, in: folder.path)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(.slow) func `tuning keeps to its time, reports each step and writes the site's settings`() throws {
    try folder.write("title: Films\ndata: ../ratings.csv\n", to: "content/site.yaml")
    let answer = try json(["tune", "--model", "ease", "--budget", "8", "--json"])
    #expect((answer["best"] as? Double ?? 0) >= (answer["defaults"] as? Double ?? 1))
    #expect(answer["metric"] as? String == "ndcg@10")
    let written = try #require(answer["written"] as? String)
    #expect(written.hasSuffix("content/models.yaml"))
    #expect(try folder.read("content/models.yaml").count > 0)
    // What was written is what the site's own evaluation takes.
    let own = try json(["evaluate", "--models", "ease", "--holdout-per-user", "0.25", "--json"])
    let model = try #require((own["models"] as? [[String: Any]])?.first)
    #expect(model["settings"] as? [String: Double] == answer["settings"] as? [String: Double])
    #expect((model["metrics"] as? [String: Double])?["ndcg@10"] == answer["best"] as? Double)
  }

  @Test(.slow) func `a dry run and a folder that is not a site write nothing`() throws {
    let outcome = try MarqueeProcess.run(
      ["tune", "--data", "ratings.csv", "--model", "biases", "--budget", "8"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("biases: rmse "))
    #expect(outcome.errors.contains("defaults"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("content")))
  }
}
