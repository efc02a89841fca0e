import Foundation
import Ratings
import TestSupport
import Testing

@Suite struct `Recommending and predicting on the command line` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let dataset = Dataset.twoTastes(users: 60, movies: 40)
    var random = CounterRandom(seed: 3)
    var (training, test) = ("userId,movieId,rating,timestamp\n", "userId,movieId,rating,timestamp\n")
    for row in 0..<dataset.ratings.count {
      let (user, movie) = (dataset.ratings.users[row] + 1, dataset.ratings.movies[row] + 1)
      let line = "\(user),\(movie),\(dataset.ratings.values[row]),\(1_000_000_000 + random.index(below: 100_000_000))\n"
      if random.index(below: 5) == 0 { test += line } else { training += line }
    }
    try folder.write(training, to: "data/ratings.csv")
    try folder.write(test, to: "test.csv")
    let movies = (1...40).map { "\($0),Film \($0) (\(1950 + $0)),Drama\n" }.joined()
    try folder.write("movieId,title,genres\n" + movies, to: "data/movies.csv")
    try folder.write("movie,rating\n1,5\n3,5\n5,4.5\n2,1\n", to: "odd.csv")
    try folder.write("movie,rating\n2,5\n4,5\n6,4.5\n1,1\n", to: "even.csv")
  }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try MarqueeProcess.run(arguments, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func films(_ answer: [String: Any]) throws -> [Int] {
    let models = try #require(answer["models"] as? [String: [[String: Any]]])
    return try #require(models.values.first).compactMap { $0["id"] as? Int }
  }

  @Test func `a new user gets films of their own taste, and none that they rated`() throws {
    let list = try films(json(["recommend", "--data", "data", "--ratings", "odd.csv", "--top", "8", "--json"]))
    #expect(list.count == 8 && list.allSatisfy { $0 % 2 == 1 })
    #expect(Set(list).isDisjoint(with: [1, 2, 3, 5]))
  }

  @Test(arguments: [
    "Film 7 (1957)\nFilm 8\n12\nNo such film (1900)\n1\n",
    "\u{feff}Position,Name,Year,URL\n1,Film 7,1957,x\n2,\"Film 8\",1958,x\n3,Film 12,1962,x\n4,Other,1900,x\n5,Film 1,1951,x\n",
    "Letterboxd list export v7\nDate,Name,Tags\n2024-01-01,\"Mine, and yours\",\n\nPosition,Name,Year\n1,Film 7,1957\n2,Film 8,1958\n3,Film 12,1962\n4,Other,1900\n",
    "movieId\n7\n8\n12\n99\n",
  ])
  func `a list of films is ranked, unknown films are reported, and rated ones are left out`(text: String) throws {
    try folder.write(text, to: "list.csv")
    let arguments = ["recommend", "--data", "data", "--ratings", "odd.csv", "--within", "list.csv", "--json"]
    let outcome = try MarqueeProcess.run(arguments, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let list = try films(answer)
    #expect(list.first == 7 && Set(list) == [7, 8, 12])
    #expect(outcome.errors.contains("was left out"))
    let member = try films(json(["recommend", "--data", "data", "--user", "1", "--within", "list.csv", "--json"]))
    #expect(Set(member).isSubset(of: [7, 8, 12, 1]))
  }

  @Test(arguments: ["joy", "nobody-unhappy", "turns"])
  func `several people get one list with everyone's stars`(rule: String) throws {
    let answer = try json([
      "recommend", "--data", "data", "--ratings", "odd.csv", "--ratings", "even.csv", "--user", "1", "--rule", rule,
      "--top",
      "6", "--json",
    ])
    let list = try films(answer)
    #expect(list.count == 6 && Set(list).isDisjoint(with: [1, 2, 3, 4, 5, 6]))
    #expect(answer["people"] as? [String] == ["1", "odd.csv", "even.csv"])
    let stars = try #require(answer["stars"] as? [[Double]])
    #expect(stars.count == 6 && stars.allSatisfy { $0.count == 3 })
    // The user and the first newcomer differ in taste: in turns both tastes come.
    if rule == "turns" { #expect(Set(list.map { $0 % 2 }).count == 2) }
  }

  @Test func `a model with custom settings ranks and predicts`() throws {
    let usual = try json(["recommend", "--data", "data", "--user", "2", "--model", "ease", "--json"])
    let other = try json([
      "recommend", "--data", "data", "--user", "2", "--model", "ease", "--settings", "lambda=5000", "--json",
    ])
    let scores = { (answer: [String: Any]) in
      (answer["models"] as? [String: [[String: Any]]])?["ease"]?.compactMap { $0["score"] as? Double } ?? []
    }
    #expect(!scores(usual).isEmpty && scores(usual) != scores(other))
    let wrong = try MarqueeProcess.run(
      ["recommend", "--data", "data", "--user", "2", "--model", "ease", "--settings", "lamda=1"], in: folder.path)
    #expect(wrong.status != 0 && wrong.errors.contains("lambda"))
  }

  /// What `evaluate --test` prints is the error of what `predict` prints.
  @Test(arguments: [("bayesian", true), ("bayesian", false), ("biases", true)])
  func `predictions have the error that evaluate measures, with timestamps and without`(model: String, dated: Bool)
    throws
  {
    let evaluation = try json(
      ["evaluate", "--data", "data", "--test", "test.csv", "--models", model, "--json"] + (dated ? [] : ["--no-dates"]))
    let metrics = try #require((evaluation["models"] as? [[String: Any]])?.first?["metrics"] as? [String: Double])
    let rows = try String(contentsOfFile: folder.path + "/test.csv", encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
    try folder.write(
      rows.map { dated ? "\($0[0]),\($0[1]),\($0[3])\n" : "\($0[0]),\($0[1])\n" }.joined(), to: "pairs.csv")
    let outcome = try MarqueeProcess.run(
      ["predict", "--data", "data", "--model", model, "--pairs", "pairs.csv"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let predicted = outcome.output.split(separator: "\n").compactMap { Double($0.split(separator: ",")[2]) }
    #expect(predicted.count == rows.count)
    let squares = zip(predicted, rows).reduce(0.0) { sum, pair in
      sum + (pair.0 - (Double(pair.1[2]) ?? 0)) * (pair.0 - (Double(pair.1[2]) ?? 0))
    }
    let error = (squares / Double(rows.count)).squareRoot()
    #expect(abs(error - (metrics["rmse"] ?? 0)) < 1e-4)
  }

  @Test func `a film under two ids is listed once, and counts as seen if either id was rated`() throws {
    let movies = try String(decoding: folder.read("data/movies.csv"), as: UTF8.self)
    try folder.write(movies + "141,Film 7 (1957),Drama\n", to: "data/movies.csv")
    var ratings = try String(decoding: folder.read("data/ratings.csv"), as: UTF8.self)
    // Users who know film 9 know the twin of 7, and user 60 knows nothing else of its taste.
    for line in ratings.split(separator: "\n") where line.split(separator: ",")[1] == "9" {
      let fields = line.split(separator: ",")
      ratings += "\(fields[0]),141,\(fields[2]),\(fields[3])\n"
    }
    try folder.write(ratings, to: "data/ratings.csv")
    let seen = Dictionary(grouping: ratings.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }) {
      $0[0]
    }
    for model in ["ease", "als", "popularity"] {
      for user in 1...6 {
        let list = try films(
          json(["recommend", "--data", "data", "--user", "\(user)", "--model", model, "--top", "40", "--json"]))
        let own = (seen["\(user)"] ?? []).map { String($0[1]) }
        let count = list.count { $0 == 7 || $0 == 141 }
        #expect(count == (own.contains("7") || own.contains("141") ? 0 : 1), "\(model) \(user)")
      }
    }
    try folder.write("movie,rating\n141,5\n3,5\n5,4.5\n", to: "twin.csv")
    let newcomer = try films(json(["recommend", "--data", "data", "--ratings", "twin.csv", "--top", "40", "--json"]))
    #expect(!newcomer.isEmpty && !newcomer.contains(7) && !newcomer.contains(141))
    let odd = try films(json(["recommend", "--data", "data", "--ratings", "odd.csv", "--top", "40", "--json"]))
    #expect(odd.count { $0 == 7 || $0 == 141 } == 1)
    let both = try films(
      json(["recommend", "--data", "data", "--ratings", "twin.csv", "--ratings", "odd.csv", "--top", "40", "--json"]))
    #expect(!both.contains(7) && !both.contains(141))
    let similar = try json(["similar", "--data", "data", "--movie", "7", "--json"])
    let ids = (similar["similar"] as? [[String: Any]])?.compactMap { $0["id"] as? Int } ?? []
    #expect(!ids.isEmpty && !ids.contains(141) && !ids.contains(7))
  }

  @Test func `seen films may be recommended if site.yaml says so`() throws {
    try folder.write("title: x\ndata: [../data]\nquality: quick\nmodels: [als, ease]\n", to: "content/site.yaml")
    func list() throws -> [Int] {
      try films(json(["recommend", "--site", ".", "--user", "1", "--model", "ease", "--top", "40", "--json"]))
    }
    let hidden = try list()
    try folder.write(
      "title: x\ndata: [../data]\nquality: quick\nmodels: [als, ease]\nseen-movies: show\n", to: "content/site.yaml")
    let shown = try list()
    #expect(hidden.count < 40 && shown.count == 40)
    // From the last build too, and beyond the length of its lists.
    #expect(try MarqueeProcess.run(["build", "--site", "."], in: folder.path).status == 0)
    let rated = Set(shown).subtracting(hidden)
    let built = try list()
    #expect(built.count == 40 && !rated.isDisjoint(with: built))
    let short = try films(json(["recommend", "--site", ".", "--user", "1", "--top", "20", "--json"]))
    #expect(!rated.isDisjoint(with: short))
  }

  @Test func `likes are printed as likes, and programs get numbers`() throws {
    let rows = (0..<400).map { "\($0 % 20 + 1),\($0 / 20 + 1),\($0 * 7 % 3 == 0 ? 0 : 1)\n" }.joined()
    try folder.write("userId,movieId,rating\n" + rows, to: "likes/ratings.csv")
    try folder.write("movie,rating\n1,1\n2,0\n3,1\n", to: "mine.csv")
    for who in [["--ratings", "mine.csv"], ["--ratings", "mine.csv", "--user", "1", "--top", "3"]] {
      let outcome = try MarqueeProcess.run(["recommend", "--data", "likes"] + who, in: folder.path)
      #expect(outcome.output.contains(" %") || outcome.output.contains("nothing left"), "\(outcome.output)")
      #expect(!outcome.output.contains("0.") && !outcome.errors.contains("stars"))
    }
  }
}
