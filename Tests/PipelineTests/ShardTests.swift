import Foundation
import Members
import Ratings
import TestSupport
import Testing

@Suite struct `Members made by shards` {
  private static let settings = ["members": "packed", "same-taste": "absent"]

  /// A built site whose members are packed, and all its ratings in the order in which they are sent.
  private static func site(users: Int = 24) throws -> (TinySite, [(name: String, rows: [(Int32, Float, UInt32)])]) {
    let site = try TinySite(users: users)
    site.settings.merge(settings) { $1 }
    try site.writeData()
    try site.build()
    return (site, try ShardSender.members(of: site))
  }

  private static func error(_ site: TinySite, _ send: (inout ShardSender) -> Void) throws -> ShardError? {
    var sender = ShardSender()
    send(&sender)
    do {
      _ = try ShardSender.records(sender.bytes, of: site)
      return nil
    } catch let error as ShardError {
      return error
    }
  }

  @Test(arguments: [1, 7, 1000])
  func `are those of the build, byte for byte, wherever frames end`(rowsPerFrame: Int) throws {
    let (site, members) = try Self.site()
    var sender = ShardSender()
    let all = members.enumerated().flatMap { number, member in
      member.rows.map { (user: Int64(number) * 3, film: $0.0, rating: $0.1, time: $0.2) }
    }
    var last: Int64 = -1
    for start in stride(from: 0, to: all.count, by: rowsPerFrame) {
      let rows = Array(all[start..<min(all.count, start + rowsPerFrame)])
      var names: [String] = []
      for row in rows where row.user != last {
        names.append(members[Int(row.user / 3)].name)
        last = row.user
      }
      sender.frame(rows, names: names)
    }
    sender.end()
    let records = try ShardSender.records(sender.bytes, of: site)
    #expect(records.count == members.count + 1)
    #expect(try records[-1] == site.output["users/packed/0.json"])
    // Entries of five numbers.
    #expect(members.indices.allSatisfy { (records[Int64($0) * 3]?.count ?? 1) % 20 == 0 })
    #expect(records[0]?.isEmpty == false)
  }

  @Test func `are the same whoever else is among them`() throws {
    let (site, members) = try Self.site(users: 90)
    func list(_ chosen: [Int]) throws -> [Int64: Data] {
      var sender = ShardSender()
      let rows = chosen.flatMap { number in
        members[number].rows.map { (user: Int64(number), film: $0.0, rating: $0.1, time: $0.2) }
      }
      sender.frame(rows, names: chosen.map { members[$0].name })
      sender.end()
      return try ShardSender.records(sender.bytes, of: site)
    }
    let everybody = try list(Array(members.indices))
    for alone in [0, 17, 63, 64, 89] {
      #expect(try list([alone])[Int64(alone)] == everybody[Int64(alone)])
    }
    let some = try list([3, 5, 70])
    for number in [3, 5, 70] as [Int64] { #expect(some[number] == everybody[number]) }
  }

  @Test func `are refused with a reason where the rows are not as they should be`() throws {
    let (site, _) = try Self.site()
    let row = { (user: Int64, film: Int32) in (user: user, film: film, rating: 4 as Float, time: 0 as UInt32) }
    #expect(try Self.error(site) { $0.frame([row(0, 1)], names: ["a"]) } == .cutOff)
    #expect(
      try Self.error(site) {
        $0.frame([row(0, 1)], names: ["a"])
        $0.bytes.removeLast()
      } == .cutOff)
    #expect(try Self.error(site) { $0.add(1 << 40 as UInt64) } == .frameTooLarge(frame: 1, rows: 1 << 40))
    #expect(
      try Self.error(site) { $0.frame([row(0, 30)], names: ["a"]) } == .filmUnknown(member: "a", film: 30, films: 30))
    #expect(
      try Self.error(site) { $0.frame([row(0, -1)], names: ["a"]) } == .filmUnknown(member: "a", film: -1, films: 30))
    #expect(
      try Self.error(site) { $0.frame([row(0, 4), row(0, 4)], names: ["a"]) } == .filmsNotRising(member: "a", film: 4))
    #expect(try Self.error(site) { $0.frame([row(-1, 4)], names: ["a"]) } == .userNegative(frame: 1, user: -1))
    #expect(
      try Self.error(site) { $0.frame([row(0, 4), row(1, 4)], names: ["a"]) }
        == .namesUnfit(frame: 1, members: 2, names: 1))
    #expect(
      try Self.error(site) {
        $0.frame([row(0, 4), row(1, 4)], names: ["a", "a"])
        $0.end()
      } == .memberTwice(member: "a"))
    #expect(
      try Self.error(site) {
        $0.frame([(0, 4, .nan, 0)], names: ["a"])
      } == .ratingNotFinite(member: "a", film: 4))
    #expect(try Self.error(site) { $0.frame([row(0, 4)], names: [""]) } == .nameLength(frame: 1, bytes: 0))
    #expect(try Self.error(site) { $0.end() } == nil)
  }
}
