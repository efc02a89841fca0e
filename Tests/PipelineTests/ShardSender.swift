import Foundation
import Members
import Settings
import TestSupport
import Testing

/// Frames of ratings as a task sends them, and what comes back.
struct ShardSender {
  var bytes: [UInt8] = []

  mutating func add(_ number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func frame(_ rows: [(user: Int64, film: Int32, rating: Float, time: UInt32)], names: [String]) {
    add(UInt64(rows.count))
    for row in rows { add(row.user) }
    for row in rows { add(row.film) }
    for row in rows { add(row.rating.bitPattern) }
    for row in rows { add(row.time) }
    add(UInt32(names.count))
    for name in names { add(UInt32(name.utf8.count)) }
    for name in names { bytes += Array(name.utf8) }
  }

  mutating func end() { add(0 as UInt64) }

  /// What the worker says to these bytes: records by user, or its error.
  static func records(_ bytes: [UInt8], of site: TinySite) throws -> [Int64: Data] {
    let worker = try ShardWorker(site: SiteFolder(site.place))
    let input = try site.folder.write(bytes, to: "frames")
    let output = try site.folder.write("", to: "records")
    let reading = try #require(FileHandle(forReadingAtPath: input))
    let writing = try #require(FileHandle(forWritingAtPath: output))
    try worker.run(input: reading.fileDescriptor, output: writing.fileDescriptor)
    var rest = try Data(site.folder.read("records"))[...]
    var records: [Int64: Data] = [:]
    while !rest.isEmpty {
      let user = Int64(littleEndian: rest.prefix(8).withUnsafeBytes { $0.loadUnaligned(as: Int64.self) })
      let count = Int(rest.dropFirst(8).prefix(4).withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) })
      #expect(records.updateValue(Data(rest.dropFirst(12).prefix(count)), forKey: user) == nil)
      rest = rest.dropFirst(12 + count)
    }
    return records
  }

  /// All ratings of a site in the order in which they are sent: Spark sorts names as texts.
  static func members(of site: TinySite) throws -> [(name: String, rows: [(Int32, Float, UInt32)])] {
    var members: [String: [(Int32, Float, UInt32)]] = [:]
    for (pair, rating) in site.ratings {
      let ids = pair.split(separator: ",").map(String.init)
      let film = try #require(Int32(ids[1]))
      members[ids[0], default: []].append((film - 1, Float(rating.stars), UInt32(rating.time)))
    }
    return members.sorted { $0.key < $1.key }.map { (name: $0.key, rows: $0.value.sorted { $0.0 < $1.0 }) }
  }

  /// The members' files of a small site, all of whose ratings are sent at once.
  static func files(of site: TinySite) throws -> [Data] {
    let members = try members(of: site)
    var sender = ShardSender()
    sender.frame(
      members.enumerated().flatMap { number, member in
        member.rows.map { (user: Int64(number), film: $0.0, rating: $0.1, time: $0.2) }
      }, names: members.map(\.name))
    sender.end()
    return try records(sender.bytes, of: site).filter { $0.key < 0 }.sorted { $0.key > $1.key }.map(\.value)
  }
}
