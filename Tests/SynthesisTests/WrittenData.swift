import Synthesis

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A synthetic data set, read back line by line and without mercy.
struct WrittenData {
  struct Row {
    let user: Int
    let movie: Int
    let stars: Double
    /// As written: seconds, or a day.
    let date: String
  }

  private(set) var rows: [Row] = []
  private(set) var titles: [Int: String] = [:]
  private(set) var probe: [[Int]] = []

  struct Malformed: Error { let line: String }

  init(_ folder: String, format: SynthesisFormat) throws {
    switch format {
    case .movieLensCSV:
      for line in try Self.lines("\(folder)/ratings.csv").dropFirst() {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 4, let user = Int(fields[0]), let movie = Int(fields[1]), let stars = Double(fields[2])
        else { throw Malformed(line: line) }
        rows.append(Row(user: user, movie: movie, stars: stars, date: String(fields[3])))
      }
      for line in try Self.lines("\(folder)/movies.csv").dropFirst() {
        guard let fields = CSV.fields(ofLine: line), fields.count == 3, let id = Int(fields[0]) else {
          throw Malformed(line: line)
        }
        titles[id] = fields[1]
      }
    case .netflixPrize:
      for part in 1...4 where FileManager.default.fileExists(atPath: "\(folder)/combined_data_\(part).txt") {
        var movie = 0
        for line in try Self.lines("\(folder)/combined_data_\(part).txt") {
          if line.hasSuffix(":"), let id = Int(line.dropLast()) {
            movie = id
            continue
          }
          let fields = line.split(separator: ",", omittingEmptySubsequences: false)
          guard fields.count == 3, let user = Int(fields[0]), let stars = Int(fields[1]) else {
            throw Malformed(line: line)
          }
          rows.append(Row(user: user, movie: movie, stars: Double(stars), date: String(fields[2])))
        }
      }
      for line in try Self.lines("\(folder)/movie_titles.csv") {
        let fields = line.split(separator: ",", maxSplits: 2)
        guard fields.count == 3, let id = Int(fields[0]) else { throw Malformed(line: line) }
        titles[id] = String(fields[2])
      }
      var movie = 0
      for line in try Self.lines("\(folder)/probe.txt") {
        if line.hasSuffix(":"), let id = Int(line.dropLast()) {
          movie = id
        } else {
          probe.append([Int(line) ?? -1, movie])
        }
      }
    }
  }

  static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

  /// Latin-1 or not: the digits and commas are the same.
  private static func lines(_ path: String) throws -> [String] {
    try bytes(path).split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}
