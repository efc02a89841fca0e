import Ingest
import Ratings
import TestSupport
import Testing

@Suite struct `A scale that the owner declares, or that speaks for itself` {
  private func read(
    _ rows: [(Int, Int, String)], _ scale: DeclaredScale? = nil, header: String = "userId,movieId,rating"
  ) throws -> (dataset: Dataset, report: IngestReport) {
    let folder = try TemporaryFolder()
    try folder.write(
      header + "\n" + rows.map { "\($0.0),\($0.1),\($0.2)\n" }.joined(), to: "ratings.csv")
    var options = IngestOptions()
    options.scale = scale
    let result = try Ingest.read([folder.path("ratings.csv")], options: options)
    #expect(result.dataset.invariantViolations.isEmpty)
    for file in result.report.files { #expect(file.addsUp) }
    return result
  }

  private func rows(_ values: [String]) -> [(Int, Int, String)] {
    (0..<60).map { ($0 % 10 + 1, $0 / 10 + 1, values[($0 * 7) % values.count]) }
  }

  private func counts(_ dataset: Dataset) -> [Float: Int] {
    Dictionary(grouping: dataset.ratings.values, by: \.self).mapValues(\.count)
  }

  @Test(arguments: ["userId,movieId,rating", "user,item,rating"])
  func `noughts and ones are likes, however many of them are noughts`(header: String) throws {
    for values in [["0", "1"], ["0", "0", "0", "1"], ["1"]] {
      let (dataset, report) = try read(rows(values), header: header)
      #expect(dataset.scale == .likes, "\(values)")
      #expect(dataset.ratings.count == 60 && report.files[0].unrated == 0)
    }
    // A few may be stars.
    #expect(try read([(1, 1, "1"), (2, 1, "1")], header: header).dataset.scale != .likes)
  }

  @Test func `thumbs go up and down, and nought is none where minus one is`() throws {
    let plain = try read(rows(["0", "1", "1"]), DeclaredScale(.thumbs))
    #expect(plain.dataset.scale == .likes && counts(plain.dataset) == [0: 20, 1: 40])
    let signed = try read(rows(["-1", "0", "1"]), DeclaredScale(.thumbs))
    #expect(signed.dataset.scale == .likes && counts(signed.dataset) == [0: 20, 1: 20])
    #expect(signed.report.files[0].unrated == 20)
  }

  @Test func `likes are likes, whatever number stands there`() throws {
    let (dataset, report) = try read(rows(["3", "0", "1"]), DeclaredScale(.likes))
    #expect(dataset.scale == .likes && counts(dataset) == [1: 40] && report.files[0].unrated == 20)
  }

  @Test func `where the lowest is the best, the numbers are turned over`() throws {
    let scale = DeclaredScale(.points(minimum: 1, maximum: 6, step: nil), isBestLow: true)
    let (dataset, _) = try read(rows(["1", "2", "6"]), scale)
    #expect(dataset.scale == RatingScale(minimum: 1, maximum: 6, step: 1))
    #expect(counts(dataset) == [6: 20, 5: 20, 1: 20])
  }

  @Test func `numbers below nought are ratings, codes are none, and what is beyond is a bad line`() throws {
    let scale = DeclaredScale(.points(minimum: -10, maximum: 10, step: 0.25), unrated: [0, 99])
    var lines = rows(["-9.75", "0", "10", "99"])
    for movie in 10...120 { lines.append((1, movie, "2.5")) }
    lines.append((2, 200, "-10.5"))
    let (dataset, report) = try read(lines, scale)
    #expect(dataset.scale == RatingScale(minimum: -10, maximum: 10, step: 0.25))
    #expect(counts(dataset) == [-9.75: 15, 10: 15, 2.5: 111] && report.files[0].unrated == 30)
    #expect(report.badLines.map(\.line) == [lines.count + 1])
    #expect(report.badLines.first?.reason.contains("-10 to 10") == true)
  }

  @Test func `a harsh club of ten points stays one, and a step is found that reaches all`() throws {
    let scale = DeclaredScale(.points(minimum: 1, maximum: 10, step: nil))
    #expect(try read(rows(["1", "4"]), scale).dataset.scale == RatingScale(minimum: 1, maximum: 10, step: 1))
    #expect(try read(rows(["1", "4.5"]), scale).dataset.scale.step == 0.5)
  }

  @Test func `noughts that count as ratings are told`() throws {
    let told = try read(rows(["0", "8", "9", "10", "5"])).report.remarks
    #expect(told.contains { $0.contains("12 ratings are 0") && $0.contains("unrated: [0]") })
    let declared = DeclaredScale(.points(minimum: 1, maximum: 10, step: 1), unrated: [0])
    let (dataset, report) = try read(rows(["0", "8", "9", "10", "5"]), declared)
    #expect(dataset.ratings.count == 48 && report.remarks.allSatisfy { !$0.contains("ratings are 0") })
  }

  @Test func `a table of titles is read in the same way`() throws {
    let folder = try TemporaryFolder()
    let lines = rows(["-1", "0", "1"]).map { "u\($0.0),Film \($0.1),\($0.2)\n" }.joined()
    try folder.write("user,title,rating\n" + lines, to: "ratings.csv")
    var options = IngestOptions()
    options.scale = DeclaredScale(.thumbs)
    let (dataset, report) = try Ingest.read([folder.path("ratings.csv")], options: options)
    #expect(dataset.scale == .likes && counts(dataset) == [0: 20, 1: 20])
    #expect(report.files[0].unrated == 20 && report.files[0].addsUp)
  }
}
