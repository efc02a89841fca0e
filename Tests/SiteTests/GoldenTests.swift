import Foundation
import Site
import TestSupport
import Testing

/// Every type of page, byte for byte. `MARQUEE_RECORD=1 swift test --filter SiteTests` records anew.
struct GoldenTests {
  static let paths = [
    "index.html", "404.html", "sitemap.xml", "robots.txt", "feed.xml", "manifest.webmanifest", "build.json",
    "movies/111-alien/index.html", "movies/lost-reel-7-1cbe6699-untitled-reel/index.html", "movies/page/2/index.html",
    "movies/607-film/index.html", "users/1/index.html", "users/guest/index.html", "users/index.html",
    "users/page/2/index.html", "genres/index.html", "genres/comedy/index.html", "genres/comedy/page/2/index.html",
    "decades/index.html", "decades/1950s/index.html", "models/index.html", "about/index.html", "news/index.html",
    "news/2026-03-15-projector/index.html", "search/index.html", "search/index.json", "offline.html",
    "api/taste-map.json", "api/models.json", "api/movies/111.json",
    "api/movies/lost-reel-7-1cbe6699.json", "api/users/12.json", "api/users/guest.json",
    "moods/index.html", "moods/divisive/index.html", "genres/comedy/best/index.html", "lists/index.html",
    "lists/night/index.html", "share/p0-film.png",
  ]

  static let files = Result { try Fixture.files(of: Fixture.website(lists: [ListTests.list(ListTests.source)])) }
  static let packedPaths = ["users/member/index.html", "users/packed/0.json"]
  static let packedFiles = Result { try Fixture.files(of: Fixture.website(PrivacyTests.configuration(.packed))) }
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")

  @Test(arguments: paths) func `a page is what was recorded`(path: String) throws {
    try Self.compare(path, of: Self.files.get())
  }

  @Test(arguments: packedPaths) func `so are those of packed members`(path: String) throws {
    try Self.compare(path, of: Self.packedFiles.get())
  }

  private static func compare(_ path: String, of files: [String: [UInt8]]) throws {
    let bytes = withoutFingerprints(try #require(files[path], "the site has no \(path)"))
    let golden = folder.appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["MARQUEE_RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: golden)
    }
    let recorded = try String(decoding: Data(contentsOf: golden), as: UTF8.self).split(separator: "\n")
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    for (number, (old, new)) in zip(recorded, lines).enumerated() where old != new {
      Issue.record("\(path):\(number + 1)\n  recorded: \(old)\n  now:      \(new)")
      return
    }
    #expect(lines.count == recorded.count)
    #expect(try Data(contentsOf: golden) == Data(bytes))
  }

  /// The file with eight dashes in the place of each asset's fingerprint: what scripts and style sheets hold is tested
  /// elsewhere, and a change of theirs is none of the pages.
  private static func withoutFingerprints(_ bytes: [UInt8]) -> [UInt8] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return bytes }
    return Array(text.replacing(/(assets\/[A-Za-z0-9_\/-]+)\.[0-9a-f]{8}\./) { "\($0.output.1).--------." }.utf8)
  }
}
