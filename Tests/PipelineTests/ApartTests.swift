import BinaryFiles
import Foundation
import LinearAlgebra
import Models
import Pipeline
import Precompute
import Ratings
import Settings
import TestSupport
import Testing

@Suite struct `Members made apart from the site` {
  private static func site(users: Int = 24, models: String = "[biases, als, ials]") throws -> TinySite {
    let site = try TinySite(users: users)
    site.settings.merge(["members": "packed", "same-taste": "absent", "models": models]) { $1 }
    try site.writeData()
    return site
  }

  @discardableResult
  private static func build(_ site: TinySite, _ apart: String) throws -> BuildReport {
    let path = try site.folder.write(apart, to: "apart.json")
    return try site.build { $0.apart = path }
  }

  private static func pages(_ site: TinySite) throws -> Precomputed {
    try Precomputed(contentsOf: SiteFolder(site.place).precomputed)
  }

  @Test func `are counted by the site, and nowhere in it`() throws {
    let site = try Self.site()
    try Self.build(site, #"{"folder": "5eed/", "members": 5000}"#)
    let pages = try Self.pages(site)
    #expect(pages.users.isEmpty && pages.lists.allSatisfy { $0.entries.elements.isEmpty } && pages.memberCount == 5000)
    let output = try site.output
    let template = try JSONSerialization.jsonObject(with: #require(output["users/packed/template.json"]))
    let told = try #require(template as? [String: Any])
    #expect(told["folder"] as? String == "5eed/" && told["shards"] as? Int == 26)
    #expect(!output.keys.contains { $0.hasPrefix("users/packed/") && $0 != "users/packed/template.json" })
  }

  @Test func `leave models and an artefact whose size does not grow with them`() throws {
    func sizes(users: Int) throws -> [Int] {
      let site = try Self.site(users: users)
      try Self.build(site, #"{"folder": "", "members": 9}"#)
      return try ["als", "ials"].map { name in
        try #require(FileManager.default.contents(atPath: SiteFolder(site.place).model(name))?.count)
      }
    }
    #expect(try sizes(users: 30) == sizes(users: 120))
  }

  @Test func `are those of a build that has them`() throws {
    let whole = try Self.site()
    try whole.build()
    let expected = try #require(try whole.output["users/packed/0.json"])
    let site = try Self.site()
    try Self.build(site, #"{"folder": "", "members": 24}"#)
    #expect(try ShardSender.files(of: site) == [expected])
  }

  @Test func `bring their own counts of films`() throws {
    let site = try Self.site()
    try Self.build(site, #"{"folder": "", "members": 900, "films": {"1": [[1, 200], [5, 600]], "3": [[2, 7]]}}"#)
    let pages = try Self.pages(site)
    #expect(pages.ratingCount == 807)
    #expect(pages.movieStatistics[0].count == 800 && pages.movieStatistics[0].mean == 4)
    #expect(pages.movieStatistics[1].count == 0 && pages.movieStatistics[2].count == 7)
  }

  @Test(arguments: [
    #"{"members": 3}"#, #"{"folder": "../up", "members": 3}"#, #"{"folder": "", "members": -1}"#, "[]",
    #"{"folder": "", "members": 3, "films": {"1": [[1]]}}"#,
    #"{"folder": "", "members": 3, "films": {"1": [[1, 0.5]]}}"#,
  ])
  func `are refused with a reason where the file about them is wrong`(text: String) throws {
    let site = try Self.site()
    #expect {
      try Self.build(site, text)
    } throws: { error in
      guard case PipelineError.apartUnusable = error else { return false }
      return "\(error)".contains("apart.json")
    }
  }

  // MARK: Film factors from elsewhere

  /// A film's factors are who rated it: nobody knows better what a member has rated, and what of it is not shown.
  private static func oracle(_ site: TinySite, regularization: Double = 1) -> [UInt8] {
    let pairs = site.ratings.keys.map { $0.split(separator: ",").compactMap { Int($0) } }
    let users = 24
    var values: [Float] = []
    for film in 1...30 {
      var row = [Float](repeating: 0, count: users)
      for pair in pairs where pair[1] == film { row[pair[0] - 1] = 1 }
      values += row
    }
    var writer = BinaryWriter()
    writer.write(UInt64(users))
    writer.write(10.0)
    writer.write(regularization)
    writer.write((1...30).map { "\($0)" })
    writer.write(values)
    return writer.bytes
  }

  private static func build(_ site: TinySite, part: [UInt8], whole: [UInt8]) throws -> BuildReport {
    let (first, second) = (try site.folder.write(part, to: "part.bin"), try site.folder.write(whole, to: "whole.bin"))
    return try build(
      site,
      #"{"folder": "", "members": 24, "factors": {"part": "\#(first)", "whole": "\#(second)", "ratings": 123456}}"#)
  }

  private static func factorCount(_ site: TinySite) throws -> Int {
    try ImplicitALSModel.read(from: SiteFolder(site.place).model("ials")).productForm.movies.columns
  }

  @Test func `get their lists from imported film factors where those are the better ones, and the report says so`()
    throws
  {
    let site = try Self.site(models: "[biases, als, ease]")
    let factors = Self.oracle(site)
    let report = try Self.build(site, part: factors, whole: factors)
    let outcome = try #require(report.imported)
    #expect(outcome.isTaken && outcome.imported > outcome.own + 0.1)
    let written = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    let imported = try #require(written["imported_factors"] as? [String: Any])
    #expect(imported["taken"] as? Bool == true)
    #expect(abs(try #require(imported["own_ndcg@10"] as? Double) - outcome.own) < 1e-12)
    #expect(try Self.factorCount(site) == 24)
    let pages = try Self.pages(site)
    // First though it was named last, or not at all.
    #expect(pages.lists.map(\.model) == ["ials", "ease"])
    let told = try #require(pages.models.first { $0.name == "ials" })
    #expect(told.evaluationProtocol.contains("by MLlib from 123456 ratings"))
    #expect(told.metrics.contains { $0.name == "ndcg@10" && $0.value == outcome.imported })
    #expect(try ShardSender.files(of: site).count == 1)
  }

  @Test func `do not take film factors that are damaged, or two that do not belong together`() throws {
    let site = try Self.site()
    let good = Self.oracle(site)
    for (part, whole) in [
      (Array(good.dropLast()), good), (good, good + [0]), ([], good), (good, Self.oracle(site, regularization: 2)),
      (Self.oracle(site, regularization: 0), good), (Self.oracle(site, regularization: .nan), good),
    ] {
      #expect {
        _ = try Self.build(site, part: part, whole: whole)
      } throws: { error in
        guard case PipelineError.apartUnusable = error else { return false }
        return true
      }
    }
  }

  @Test func `measure film factors with every strength of folding in`() throws {
    let site = try Self.site()
    let path = try site.folder.write(Self.oracle(site, regularization: 0), to: "trial.bin")
    let trials = try FactorTrials(site: SiteFolder(site.place), data: [site.place + "/content/ratings"])
    let outcome = try trials.measure(path)
    #expect(outcome.gain > 0.5 && ImportedFactors.candidates.contains(outcome.regularization))
    // What a build makes of the same file.
    let factors = Self.oracle(site, regularization: outcome.regularization)
    #expect(try Self.build(site, part: factors, whole: factors).imported?.imported == outcome.gain)
    #expect(throws: PipelineError.self) { try trials.measure(site.place + "/content/site.yaml") }
  }
}
