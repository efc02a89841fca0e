import Evaluation
import Models
import Platform
import Ratings

/// Writes what an evaluation used and found, in the formats of other programs.
///
/// In its folder: `results.csv`, `.md` and `.tex`, `comparisons.csv`, and for each test part a folder `part-N` with
/// - `train.csv` and `test.csv` (`user,movie,rating,timestamp`), which `evaluate --test` reads again;
/// - `recbole.train.inter` and `recbole.test.inter`, RecBole's atomic files;
/// - `qrels.txt` and `runs/MODEL.txt`, as trec_eval reads them;
/// - `predictions/MODEL.csv` (`user,movie,rating,prediction`).
///
/// Ids are the data's own; users outside the training part are `newcomer-N`; blanks in ids are written `%20` where the format
/// separates fields by blanks. Ratings whose user or movie the training part does not know at all are left out and counted in `parts.csv`.
struct EvaluationExport {
  let folder: String

  /// - Throws: `WorkbenchError.folderNotEmpty`, `PlatformError.notWritable`.
  init(folder: String) throws {
    self.folder = folder
    if let entries = RawFile.entries(of: folder), !entries.isEmpty { throw WorkbenchError.folderNotEmpty(path: folder) }
    try writing(folder) { try RawFile.makeFolders(folder) }
  }

  /// The splits and their relevance judgements.
  func write(_ cases: [TestCase]) throws {
    var parts = "part,training_ratings,test_ratings,left_out\n"
    for (index, testCase) in cases.enumerated() {
      let training = testCase.training.table
      let names = Names(testCase)
      let known = (0..<testCase.test.count).filter { testCase.test.users[$0] >= 0 && testCase.test.movies[$0] >= 0 }
      let test = testCase.test.selecting(known)
      try write(names.table(training), to: "train.csv", of: index)
      try write(names.table(test), to: "test.csv", of: index)
      try write(names.atomic(training), to: "recbole.train.inter", of: index)
      try write(names.atomic(test), to: "recbole.test.inter", of: index)
      var judgements = ""
      for row in 0..<test.count {
        judgements += "\(names.token(ofUser: test.users[row])) 0 \(names.token(ofMovie: test.movies[row])) 1\n"
      }
      try write(judgements, to: "qrels.txt", of: index)
      parts += "\(index + 1),\(training.count),\(test.count),\(testCase.test.count - test.count)\n"
    }
    try write(parts, to: "parts.csv")
  }

  /// What one model said about one test part.
  func write(_ observations: Observations, of model: String, on testCase: TestCase, part: Int) throws {
    let names = Names(testCase)
    switch observations {
    case .predictions(let predicted):
      let test = testCase.test
      var text = "user,movie,rating,prediction\n"
      for row in 0..<test.count where test.users[row] >= 0 && test.movies[row] >= 0 {
        text += "\(names.field(ofUser: test.users[row])),\(names.field(ofMovie: test.movies[row])),"
        text += "\(test.values[row]),\(predicted[row])\n"
      }
      try write(text, to: "predictions/\(model).csv", of: part)
    case .lists(let users, let lists):
      var text = ""
      for (user, list) in zip(users, lists) where user >= 0 {
        // trec_eval sorts by score again, and equal scores by name: scores that fall strictly keep the order of the list.
        var last = Float.infinity
        for (place, entry) in list.enumerated() where entry.movie >= 0 {
          let score = min(entry.score, last.nextDown)
          last = score
          text +=
            "\(names.token(ofUser: user)) Q0 \(names.token(ofMovie: entry.movie)) \(place + 1) \(score) \(model)\n"
        }
      }
      try write(text, to: "runs/\(model).txt", of: part)
    }
  }

  /// The tables of the answer.
  func write(_ answer: EvaluationAnswer) throws {
    try write(answer.csv, to: "results.csv")
    try write(answer.markdown, to: "results.md")
    try write(answer.latex, to: "results.tex")
    try write(answer.comparisonsCSV, to: "comparisons.csv")
  }

  private func write(_ text: String, to name: String, of part: Int) throws {
    try write(text, to: "part-\(part + 1)/\(name)")
  }

  private func write(_ text: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    try writing(path) { try RawFile.creatingFolders(for: path) { _ = try RawFile.write(Array(text.utf8), to: path) } }
  }

  private func writing(_ path: String, _ body: () throws -> Void) throws {
    do { try body() } catch { throw PlatformError.notWritable(path: path, reason: "\(error)") }
  }
}

extension EvaluationExport {
  /// The data's own ids for the indices of a test case.
  private struct Names {
    let users: [String]
    let movies: [String]

    init(_ testCase: TestCase) {
      users =
        testCase.training.users.map(\.id.description) + testCase.newcomers.indices.map { "newcomer-\($0 + 1)" }
      movies = testCase.training.movies.map(\.id.description)
    }

    func field(ofUser user: Int32) -> String { CSVField.text(users[Int(user)]) }
    func field(ofMovie movie: Int32) -> String { CSVField.text(movies[Int(movie)]) }
    func token(ofUser user: Int32) -> String { Self.token(users[Int(user)]) }
    func token(ofMovie movie: Int32) -> String { Self.token(movies[Int(movie)]) }

    func table(_ ratings: RatingTable) -> String {
      var text = "user,movie,rating,timestamp\n"
      for row in 0..<ratings.count {
        text += "\(field(ofUser: ratings.users[row])),\(field(ofMovie: ratings.movies[row])),\(ratings.values[row]),"
        text += ratings.times[row] == 0 ? "\n" : "\(ratings.times[row])\n"
      }
      return text
    }

    func atomic(_ ratings: RatingTable) -> String {
      var text = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
      for row in 0..<ratings.count {
        text += "\(token(ofUser: ratings.users[row]))\t\(token(ofMovie: ratings.movies[row]))\t"
        text += "\(ratings.values[row])\t\(ratings.times[row])\n"
      }
      return text
    }

    private static func token(_ name: String) -> String {
      guard name.contains(where: { $0.isWhitespace || $0 == "%" }) else { return name }
      var text = ""
      for scalar in name.unicodeScalars {
        switch scalar {
        case "%": text += "%25"
        case _ where scalar.properties.isWhitespace:
          text += PercentEncoding.encoded(String(scalar))
        default: text.unicodeScalars.append(scalar)
        }
      }
      return text
    }
  }
}
