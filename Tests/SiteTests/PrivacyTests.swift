import Foundation
import Site
import Testing

/// Who finds the members' pages.
struct PrivacyTests {
  static func configuration(_ members: SiteConfiguration.Members) -> SiteConfiguration {
    var configuration = Fixture.configuration
    configuration.members = members
    configuration.memberSecret = "a secret of this test only"
    return configuration
  }

  @Test func `the hash is that of the published vectors`() {
    let hex = { (bytes: [UInt8]) in bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
    // FIPS 180-4: "abc"; RFC 4231, test case 2.
    #expect(
      hex(KeyedHash.digest(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex(KeyedHash.code(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func `absent members leave no trace`() throws {
    let files = try Fixture.files(of: Fixture.website(Self.configuration(.absent)))
    #expect(!files.keys.contains { $0.hasPrefix("users/") || $0.hasPrefix("api/users/") })
    for (path, bytes) in files where path.hasSuffix(".html") || path.hasSuffix(".xml") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("users/"), "\(path)")
    }
    try LinkTests.check(files)
  }

  @Test func `unlisted members have addresses that only the secret tells, and nothing leads there`() throws {
    let files = try Fixture.files(of: Fixture.website(Self.configuration(.unlisted)))
    let pages = files.filter { $0.key.hasPrefix("users/") }
    #expect(pages.count == 4 && files.keys.filter { $0.hasPrefix("api/users/") }.count == 4)
    for (path, bytes) in pages {
      let name = path.split(separator: "/")[1]
      #expect(name.count == 32 && name.allSatisfy(\.isHexDigit), "\(path)")
      let page = String(decoding: bytes, as: UTF8.self)
      #expect(page.contains("<meta name=\"robots\" content=\"noindex\">"))
      for other in pages.keys where other != path {
        #expect(!page.contains(other.split(separator: "/")[1]), "\(path) tells \(other)")
      }
    }
    for (path, bytes) in files where !path.hasPrefix("users/") && !path.hasPrefix("assets/") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("users/"), "\(path)")
    }
    var other = Self.configuration(.unlisted)
    other.memberSecret += "!"
    let names = try Fixture.files(of: Fixture.website(other)).keys.filter { $0.hasPrefix("users/") }
    #expect(Set(names).isDisjoint(with: pages.keys))
  }

  @Test func `a short secret is refused`() {
    var configuration = Self.configuration(.unlisted)
    configuration.memberSecret = "short"
    #expect(throws: SiteError.secretTooShort(minimum: 16)) { try Fixture.website(configuration) }
  }
}
