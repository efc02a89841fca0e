import Foundation
import TestSupport
import Testing

/// What people drop that cannot be read here: each is named for what it is, with the way on.
@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `Files that are not exports` {
  struct Foreign: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// What the sentence must hold.
    let words: [String]
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ words: String...) {
      (self.name, self.bytes, self.words) = (name, bytes, words)
    }

    init(_ name: String, _ text: String, _ words: String...) {
      (self.name, self.bytes, self.words) = (name, Array(text.utf8), words)
    }
  }

  /// A zip archive of one stored file.
  private static func zip(_ name: String, _ content: String, method: UInt8 = 0, flags: UInt8 = 0) -> [UInt8] {
    let (name, content) = (Array(name.utf8), Array(content.utf8))
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let facts =
      [20, 0, flags, 0, method, 0] + number(0, 8) + number(content.count, 4) + number(content.count, 4)
      + number(name.count, 2)
    let file = [0x50, 0x4b, 3, 4] + facts + [0, 0] + name + content
    let entry = [0x50, 0x4b, 1, 2, 20, 0] + facts + number(0, 2 + 2 + 2 + 2 + 4) + number(0, 4) + name
    return file + entry + [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + number(entry.count, 4) + number(file.count, 4)
      + [0, 0]
  }

  private static let ratings = "title,year,rating\nAlien,1979,4\n"

  static let foreign = [
    Foreign("ratings.xlsx", zip("[Content_Types].xml", "<x/>"), "ratings.xlsx", "CSV"),
    Foreign("book.csv", zip("xl/workbook.xml", "<x/>"), "CSV"),
    Foreign("old.xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], "spreadsheet", "CSV"),
    Foreign("ratings.parquet", "PAR1\u{0}\u{1}PAR1", "Parquet", "CSV"),
    Foreign("ratings.db", "SQLite format 3\u{0}", "SQLite", "CSV"),
    Foreign("export.7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4], "7z", "Unpack"),
    Foreign("export.rar", "Rar!\u{1a}\u{7}\u{0}", "rar", "Unpack"),
    Foreign("export.zip", zip("ratings.csv", ratings, flags: 1), "password", "Unpack"),
    Foreign("export.zip", zip("ratings.csv", ratings, method: 14), "LZMA", "Unpack"),
    Foreign("export.zip.001", "PK\u{3}\u{4}\u{0}\u{0}", "part", "Join"),
    Foreign("export.zip", "PK\u{3}\u{4}nothing of an archive", "damaged"),
    Foreign("photos.zip", zip("beach.jpg", "picture"), "no file with ratings", "beach.jpg"),
    Foreign(
      "ratings.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "Git LFS", "git lfs pull"),
    Foreign("ratings.csv", "\n<!DOCTYPE html><title>Sign in</title>", "web page"),
    Foreign("ratings.csv", "", "empty"),
    Foreign("holiday.csv", "place,price\nRome,three\n", "place, price", "title, year and rating"),
    Foreign("films.csv", "Alien,1979,4\nHeat,1995,3\n", "looks like data", "Alien, 1979, 4"),
    Foreign(
      "films.csv", "title,year,trakt_rating,average_rating\nAlien,1979,8,8\n", "title, year, trakt_rating", "rating"),
    Foreign("broken.json", "{\"ratings\": ", "JSON"),
    Foreign("other.json", "[1, 2]", "JSON"),
    Foreign("large.csv", Array(repeating: 0x61, count: 65 << 20), "too large", "64 MB"),
  ]

  @Test func `are recognized, with advice on what to do`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      for one in Self.foreign {
        // Megabytes are made in the browser.
        let found = try await page.evaluate(
          """
          (async (name, text, size) => {
            const imports = await marquee.need('imports');
            const bytes = size > 0 ? new Uint8Array(size).fill(97) : Uint8Array.from(atob(text), c => c.charCodeAt(0));
            return imports.read([new File([bytes], name)], { minimum: 0.5, maximum: 5, step: 0.5 });
          })(arguments[0], arguments[1], arguments[2])
          """,
          [
            .string(one.name), .string(one.bytes.count > 1 << 20 ? "" : Data(one.bytes).base64EncodedString()),
            .number(one.bytes.count > 1 << 20 ? Double(one.bytes.count) : 0),
          ])
        let said = found["refused"].strings
        #expect(said.count == 1, "\(one.name): \(said)")
        for word in one.words { #expect(said.joined().contains(word), "\(one.name): \(said)") }
        #expect(found["diary"]["ratings"] == [:], "\(one.name)")
      }
      try await page.expectQuiet()
    }
  }

  @Test func `show their sentence where they were dropped`() async throws {
    try await Browser.visit(try await ServedSite.sample) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      try await page.drop("ratings.parquet", Array("PAR1....PAR1".utf8), on: "#Drop")
      try await page.wait(for: "#ImportResult .trouble")
      #expect(try await page.text("#ImportResult .trouble").contains("Parquet"))
      #expect(try await page.diary()["ratings"] == [:])
      try await page.expectQuiet()
    }
  }
}
