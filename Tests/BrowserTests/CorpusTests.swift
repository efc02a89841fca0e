import Foundation
import TestSupport
import Testing

/// A folder of `Tests/Corpus`: files, and the ratings that must come out of them.
struct CorpusCase: Sendable, CustomTestStringConvertible {
  struct Description: Decodable, Sendable {
    var read: [String]
    var user: String?
    var refused: [String]?
    var browser: Bool?
    var account: [String: Int]?
  }

  let name: String
  let description: Description
  var testDescription: String { name }

  static let folder = SharedData.repository.appendingPathComponent("Tests/Corpus")

  /// The cases that a visitor would drop on a page.
  static let droppable: [CorpusCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { name in
      guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent("\(name)/case.json").path),
        let description = try? JSONDecoder().decode(Description.self, from: data), description.browser == true
      else { return nil }
      return CorpusCase(name: name, description: description)
    }
  }()

  /// Name and bytes of each file, as `read` of the page's script takes them.
  func files() throws -> JSON {
    .array(
      try description.read.map { path in
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("\(name)/\(path)"))
        return [.string((path as NSString).lastPathComponent), .string(data.base64EncodedString())]
      })
  }

  /// The lines of `expect.csv`, dates as days: the browser keeps no more of them.
  func expected(withUsers: Bool) throws -> [String] {
    let text = try String(contentsOf: Self.folder.appendingPathComponent("\(name)/expect.csv"), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let stars = Double(fields[fields.count - 2]) ?? .nan
      var film = fields[1..<(fields.count - 2)].joined(separator: ",")
      if film.count > 1, film.hasPrefix("\""), film.hasSuffix("\"") {
        film = String(film.dropFirst().dropLast()).replacing("\"\"", with: "\"")
      }
      return "\(withUsers ? fields[0] : "")|\(film)|\(stars)|\(fields[fields.count - 1].prefix(10))"
    }.sorted()
  }
}

extension BrowserPage {
  /// Reads files with the script of the page that is open; of a household each person's.
  func imported(_ files: JSON) async throws -> JSON {
    try await evaluate(
      """
      (async files => {
        const imports = await marquee.need('imports');
        const scale = { minimum: 0.5, maximum: 5, step: 0.5 };
        const given = files.map(([name, text]) => new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name));
        const first = await imports.read(given, scale);
        const all = first.people.length === 0 ? [first]
          : await Promise.all(first.people.map(({ name }) => imports.read(given, scale, { person: name })));
        const rows = all.flatMap(({ diary, unmatched }, index) => [
          ...Object.entries(diary.ratings).map(([id, { stars, on }]) => [id, stars, on]),
          ...unmatched.filter(film => film.shelf === 'ratings').map(({ title, stars, on }) => [title, stars, on]),
        ].map(row => [first.people[index]?.name ?? '', ...row]));
        return { rows, accounts: all.map(({ account }) => account), said: [...first.refused, ...first.notes] };
      })(arguments[0])
      """, [files])
  }
}

@Suite(.serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"))
struct `The corpus in the browser` {
  private static let siteTask = Task {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      title: Corpus
      description: Films.
      url: https://films.example/
      data: \(CorpusCase.folder.appendingPathComponent("catalogue").path)
      quality: quick
      models: [als, popularity]
      """, to: "content/site.yaml")
    return try await ServedSite(building: folder)
  }

  @Test func `gives the same ratings as the program, and every line is accounted for`() async throws {
    try #require(CorpusCase.droppable.count > 20)
    try await Browser.visit(try await Self.siteTask.value) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      for one in CorpusCase.droppable {
        let found = try await page.imported(try one.files())
        let rows = found["rows"].array.map(\.array)
        let said = found["said"].strings.joined(separator: "\n").lowercased()
        for account in found["accounts"].array { Self.expectSum(account, one.name) }
        if let refused = one.description.refused {
          #expect(rows.isEmpty, "\(one.name)")
          for word in refused { #expect(said.contains(word.lowercased()), "\(one.name): \(said)") }
          continue
        }
        let isHousehold = rows.contains { $0[0].string != "" }
        let ratings = rows.map { row in
          "\(row[0].string ?? "")|\(row[1].string ?? "")|\(row[2].number ?? .nan)|\(row[3].string ?? "")"
        }
        #expect(ratings.sorted() == (try one.expected(withUsers: isHousehold)), "\(one.name): \(said)")
        guard let wanted = one.description.account, found["accounts"].array.count == 1 else { continue }
        for (name, count) in wanted {
          let counted = found["accounts"][0][name == "not_films" ? "notFilms" : name].number
          #expect(counted == Double(count), "\(one.name): \(name)")
        }
      }
      try await page.expectQuiet()
    }
  }

  static func expectSum(_ account: JSON, _ name: String) {
    let count = { (names: [String]) in names.reduce(0) { $0 + (account[$1].number ?? .nan) } }
    #expect(count(["lines"]) == count(["ratings", "unrated", "notFilms", "replaced", "others", "bad"]), "\(name)")
    #expect(count(["ratings"]) == count(["byID", "byTitle", "byHand", "notFound"]), "\(name)")
    #expect(count(["ratings"]) == count(["dated", "undated", "unreadable"]), "\(name)")
  }

  /// Seconds that files are made up and read: `MARQUEE_FUZZ_SECONDS`, or a few.
  private static let fuzzSeconds =
    ProcessInfo.processInfo.environment["MARQUEE_FUZZ_SECONDS"].flatMap(Double.init) ?? 3

  @Test func `damaged files never stop the reader, and their accounts add up`() async throws {
    let files = try CorpusCase.droppable.map { try $0.files() }
    try await Browser.visit(try await Self.siteTask.value) { page in
      try await page.open("/you/")
      try await page.wait(until: "document.getElementById('Drop')")
      var round = 0.0
      let end = ContinuousClock.now + .seconds(Self.fuzzSeconds)
      repeat {
        let found = try await page.evaluate(Self.fuzz, [.array(files), .number(round), .number(200)])
        #expect(found["failures"].strings == [], "seed \(round)")
        #expect(found["runs"].number == 200)
        #expect((found["slowest"].number ?? .infinity) < 2000, "\(found)")
        round += 1
      } while ContinuousClock.now < end
      try await page.expectQuiet()
    }
  }

  /// Changes files of the corpus at random and reads them: bytes, lines, quotation marks, separators, lengths.
  private static let fuzz = """
    (async (cases, seed, runs) => {
      let state = 0x9e3779b9 ^ (seed * 2654435761);
      const random = most => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, most);
      };
      const imports = await marquee.need('imports');
      const scale = { minimum: 0.5, maximum: 5, step: 0.5 };
      const odd = ['"', '""', '\\\\"', ',', ';', '\\t', '\\n', '\\r', '\\0', '{', '[', ']}', 'PK\\x03\\x04', '\\xff\\xfe', '-1', 'NaN', '9'.repeat(30), '(1999)', 'sep=;\\n'];
      const mutated = bytes => {
        let text = [...bytes];
        for (let change = random(6); change >= 0; change--) {
          const at = random(text.length);
          switch (random(7)) {
            case 0: text[at] = random(256); break;
            case 1: text.splice(at, random(40)); break;
            case 2: text.splice(at, 0, ...[...odd[random(odd.length)]].map(c => c.charCodeAt(0) & 255)); break;
            case 3: text.length = at; break;
            case 4: text.splice(at, 0, ...text.slice(random(text.length), random(text.length))); break;
            case 5: text[at] = text[random(text.length)]; break;
            default: text.splice(at, 0, 34);
          }
          if (text.length === 0) break;
        }
        return Uint8Array.from(text, value => value ?? 0);
      };
      const failures = [];
      let slowest = 0;
      for (let run = 0; run < runs; run++) {
        const [name, content] = cases[random(cases.length)][0];
        const bytes = mutated(Uint8Array.from(atob(content), c => c.charCodeAt(0)));
        const start = performance.now();
        try {
          const { account: a, people, services, refused } = await imports.read([new File([bytes], name)], scale);
          if (a.lines !== a.ratings + a.unrated + a.notFilms + a.replaced + a.others + a.bad) failures.push(`run ${run}: ${name}: the lines do not add up`);
          if (a.ratings !== a.byID + a.byTitle + a.byHand + a.notFound) failures.push(`run ${run}: ${name}: the films do not add up`);
          if (people.length + services.length + refused.length === 0) failures.push(`run ${run}: ${name}: nothing was said`);
        } catch (error) {
          failures.push(`run ${run}: ${name}: ${error.stack}`);
        }
        slowest = Math.max(slowest, performance.now() - start);
      }
      return { runs, slowest, failures: failures.slice(0, 5) };
    })(arguments[0], arguments[1], arguments[2])
    """
}
