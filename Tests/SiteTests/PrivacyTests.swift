import Foundation
import Site
import Templates
import Testing

/// Who finds the members' pages.
struct PrivacyTests {
  static func configuration(_ members: SiteConfiguration.Members) -> SiteConfiguration {
    var configuration = Fixture.configuration
    configuration.members = members
    configuration.memberSecret = "a secret of this test only"
    return configuration
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

/// Members in few files.
struct PackedMemberTests {
  @Test func `packed members have one page and a few files, and every link leads there`() throws {
    let files = try Fixture.files(of: Fixture.website(PrivacyTests.configuration(.packed)))
    let members = files.keys.filter { $0.hasPrefix("users/") && !$0.hasPrefix("users/page/") }.sorted()
    #expect(
      members == [
        "users/index.html", "users/member/index.html", "users/packed/0.json", "users/packed/template.json",
      ])
    #expect(!files.keys.contains { $0.hasPrefix("api/users/") })
    let index = String(decoding: try #require(files["users/index.html"]), as: UTF8.self)
    #expect(index.contains("users/member/?id=12\"") || index.contains("users/member/index.html?id=12\""))
    let page = String(decoding: try #require(files["users/member/index.html"]), as: UTF8.self)
    #expect(page.contains("<noscript>") && page.contains("noindex"))
    #expect(!String(decoding: try #require(files["sitemap.xml"]), as: UTF8.self).contains("users/member"))
    try LinkTests.check(files)
  }

  @Test func `a shard has what the members' own pages say`() throws {
    let shard = try #require(
      try Fixture.files(of: Fixture.website(PrivacyTests.configuration(.packed)))["users/packed/0.json"])
    let json = try #require(try JSONSerialization.jsonObject(with: Data(shard)) as? [String: Any])
    let members = try #require(json["members"] as? [String: Any])
    let texts = try #require(json["texts"] as? [String])
    #expect(Set(members.keys) == ["1", "2", "12", "guest"])
    #expect(Set(texts).count == texts.count && texts.contains("Member guest") && texts.contains("Blade Runner"))
  }

  @Test func `members are spread over shards of 128 to 256`() {
    for count in [500, 943, 6040, 138_493] {
      let shards = PackedMembers.shardCount(count)
      var sizes = [Int](repeating: 0, count: shards)
      for id in 1...count { sizes[PackedMembers.shard(of: String(id), count: shards)] += 1 }
      #expect(sizes.allSatisfy { (128...256).contains($0) }, "\(count): \(sizes.min() ?? 0) to \(sizes.max() ?? 0)")
    }
  }

  @Test func `where accounts are kept, packed members are refused`() {
    var configuration = PrivacyTests.configuration(.packed)
    configuration.endpoint = "/"
    #expect(throws: SiteError.packedWithAccounts) { try Fixture.website(configuration) }
  }

  @Test func `a template beyond what the script draws is refused with its file`() throws {
    let plain = try Fixture.defaultTheme()
    let templates = plain.templates.map { source in
      source.name == "partials/member"
        ? TemplateSource(name: source.name, path: source.path, text: "<h1>{{{structuredData}}}</h1>") : source
    }
    let theme = Theme(templates: templates, assets: plain.assets, texts: plain.texts)
    #expect(throws: SiteError.self) { try Fixture.website(PrivacyTests.configuration(.packed), theme: theme) }
  }
}
