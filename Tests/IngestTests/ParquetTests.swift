import Foundation
import Ingest
import Ratings
import TestSupport
import Testing

/// Parquet is read by a program that is installed: these tests need one, and one that writes Parquet.
@Suite(.enabled(if: ParquetReader.installed != nil, "neither DuckDB's command nor pyarrow is installed"))
struct ParquetTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A table of six ratings, or so many of them, written by the program that reads it.
  private func write(_ rows: Range<Int>, to name: String) throws {
    try folder.write([], to: name)
    let rows = rows.map { "(\($0 % 3 + 1), \($0 / 3 + 10), \(Double($0) / 2 + 0.5), \(1_600_000_000 + $0))" }.joined(
      separator: ", ")
    let script = """
      import sys, pyarrow as a, pyarrow.parquet as p
      r = [\(rows)]
      p.write_table(a.table({n: [x[i] for x in r] for i, n in enumerate(["userId", "movieId", "rating", "timestamp"])}), sys.argv[1])
      """
    let query = """
      COPY (SELECT * FROM (VALUES \(rows)) AS r(userId, movieId, rating, timestamp)) TO '\(folder.path(name))' (FORMAT parquet)
      """
    let words =
      ParquetReader.installed?.name == "DuckDB"
      ? ["duckdb", "-c", query] : ["python3", "-c", script, folder.path(name)]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  private let all = (0..<6).map { row in
    "\(row % 3 + 1),\(row / 3 + 10),\(Double(row) / 2 + 0.5),\(1_600_000_000 + row)"
  }

  private func lines(_ path: String) throws -> [String] {
    let (dataset, report) = try Ingest.read([folder.path(path)], options: IngestOptions())
    for account in report.files { #expect(account.addsUp, "\(account)") }
    return (0..<dataset.ratings.count).map { row in
      let (ratings, movie) = (dataset.ratings, Int(dataset.ratings.movies[row]))
      return
        "\(dataset.users[Int(ratings.users[row])].id),\(dataset.movies[movie].id),\(ratings.values[row]),\(ratings.times[row])"
    }.sorted()
  }

  @Test func `A table by itself, in a folder, in parts and in archives`() throws {
    try write(0..<6, to: "ratings.parquet")
    try write(0..<6, to: "alone/ratings.parquet")
    try write(0..<4, to: "parts/data/train-00000-of-00002.parquet")
    try write(4..<6, to: "parts/data/train-00001-of-00002.parquet")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path("ratings.parquet"))))
    try folder.write(ArchiveFixture.zip([("set/ratings.parquet", bytes)]), to: "set.zip")
    try folder.write(ArchiveFixture.gzip(ArchiveFixture.tar([("ratings.parquet", bytes)])), to: "set.tar.gz")
    for path in ["ratings.parquet", "alone", "parts", "set.zip", "set.tar.gz"] {
      #expect(try lines(path) == all.sorted(), "\(path)")
    }
  }

  @Test func `A damaged table is refused in a sentence`() throws {
    try write(0..<6, to: "ratings.parquet")
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path("ratings.parquet"))))
    bytes.removeLast(20)
    try folder.write(bytes, to: "ratings.parquet")
    let error = #expect(throws: IngestError.self) { try lines("ratings.parquet") }
    #expect(
      error.map { "\($0)".contains("ratings.parquet") && "\($0)".contains("damaged") } == true,
      "\(String(describing: error))")
  }
}
