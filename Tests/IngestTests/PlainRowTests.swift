import Ingest
import Ratings
import TestSupport
import Testing

/// A line of nothing but numbers is read in one pass, every other one field by field: both must say the same.
struct PlainRowTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, _ name: String) throws -> (Dataset, IngestReport) {
    try Ingest.read([try folder.write(text, to: name)], options: IngestOptions())
  }

  private static func random(_ choices: [String], _ random: inout CounterRandom) -> String {
    choices[random.index(below: choices.count)]
  }

  @Test("Blanks around the fields change nothing", arguments: 0..<8)
  func blanks(round: UInt64) throws {
    var random = CounterRandom(seed: 77, stream: round)
    let ids = ["0", "7", "12", "00", "007", "123456789012345678", "1234567890123456789", "x9", "4194303", "4194304"]
    let stars = ["0.5", "1", "3.5", "5.0", "4.999999", "2.25", "3.1234567", "03", "1e0", "+2", "4."]
    let times = [
      "0", "964982703", "4294967295", "1162168980000", "2005-09-06", "2000-02-29", "2005-9-6", "964982703.75",
    ]
    let rows = (0..<600).map { _ in
      [ids, ids, stars, times].map { Self.random($0, &random) }
    }
    let plain = rows.map { $0.joined(separator: ",") + "\n" }.joined()
    let blank = rows.map { $0.map { " \($0) " }.joined(separator: ",") + "\r\n" }.joined()
    let header = "userId,movieId,rating,timestamp\n"
    let (first, second) = (try read(header + plain, "plain.csv"), try read(header + blank, "blank.csv"))
    #expect(first.0 == second.0)
    #expect(first.1.ratingLines == 600 && first.1.badLineCount == 0)
    #expect(first.0.ratings.count > 50)
  }

  @Test func `Columns in another order, more of them, and a separator of its own`() throws {
    let names = [
      "timestamp;rating;movieId;userId", "userId;note;movieId;rating", "rating;userId;movieId;timestamp;more",
    ]
    let rows = [["11;4,5;3;7", "12;3;4;7"], ["7;n;3;4,5", "7;;4;3"], ["4.5;7;3;11;x", "3;7;4;12;y"]]
    for (name, rows) in zip(names, rows) {
      let (dataset, report) = try read(([name] + rows).joined(separator: "\n"), "table.csv")
      #expect(dataset.ratings.values == [4.5, 3] && report.badLineCount == 0, "\(name)")
      #expect(dataset.movies.map(\.id) == [.number(3), .number(4)] && dataset.users.map(\.id) == [.number(7)])
    }
  }

  @Test func `Bad numbers are still said with their line`() throws {
    var text = "userId,movieId,rating,timestamp\n"
    for user in 1...900 { text += "\(user),1,3,9\n" }
    let bad = ["1,2,6,9", "1,2,3,2005-02-30", "1,2,3,99999999999", "1,2,3", "1,,3,9", "1,2,3,9x", "1,2,three,9"]
    let (dataset, report) = try read(text + bad.joined(separator: "\n"), "ratings.csv")
    // Times that are none cost no rating: three of one pair, of which the last stays.
    #expect(dataset.ratings.count == 901)
    #expect(report.badLines.map(\.line) == [902, 905, 906, 908])
    #expect(report.files.map(\.dates.unreadable) == [3] && report.replacedRatings == 2)
  }

  @Test func `Netflix's lines with blanks are the same as without`() throws {
    var random = CounterRandom(seed: 5)
    var (plain, blank) = ("", "")
    for movie in 1...30 {
      plain += "\(movie):\n"
      blank += "\(movie):\n"
      for user in 1...20 {
        let (stars, month, day) = (1 + random.index(below: 5), 1 + random.index(below: 12), 1 + random.index(below: 28))
        let date = "2004-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        plain += "\(user * 131),\(stars),\(date)\n"
        blank += " \(user * 131), \(stars) ,\(date) \n"
      }
    }
    let first = try read(plain, "combined_data_1.txt").0
    #expect(try read(blank, "combined_data_1.txt").0 == first)
    #expect(first.ratings.count == 600 && Set(first.ratings.times).count > 100)
  }
}
