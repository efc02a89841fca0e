import Foundation
import TestSupport
import Testing

@Suite struct `What the repository says of itself` {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: SharedData.repository.appendingPathComponent(path), encoding: .utf8)
  }

  /// The cells of a Markdown table's rows, without heads and lines.
  private func rows(_ text: some StringProtocol) -> [[String]] {
    text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| |") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  @Test func `the README is a page, and its table says what was measured`() throws {
    let readme = try text("README.md")
    #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 91)
    let begin = try #require(readme.range(of: "<!-- measured: make bench-results -->"))
    let end = try #require(readme.range(of: "<!-- end -->"))
    let table = rows(readme[begin.upperBound..<end.lowerBound])
    let results = rows(try text("Benchmarks/RESULTS.md")).map { Array($0.prefix(4)) }
    #expect(table.count == 8)
    for row in table {
      #expect(results.contains(row), "\(row) is not in RESULTS.md; run Benchmarks/results.py --write")
    }
    // No other number of a measurement stands in the README.
    let rest = readme.replacingCharacters(in: begin.lowerBound..<end.upperBound, with: "")
    #expect(!rest.contains("nDCG") && !rest.contains("RMSE"))
  }

  @Test func `every measurement that is kept stands in the results with its command and commit`() throws {
    let folder = SharedData.repository.appendingPathComponent("Benchmarks/figures")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    #expect(!names.isEmpty)
    let results = try text("Benchmarks/RESULTS.md")
    for name in names {
      let kept = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent(name))) as? [String: Any])
      for key in ["command", "commit", "date", "machine"] {
        let value = try #require(kept[key] as? String)
        #expect(
          results.contains(value), "\(name): \(key) \(value) is not in RESULTS.md; run Benchmarks/results.py --write")
      }
    }
  }

  /// The modules that a room's files import.
  private func imports(of room: String) throws -> Set<String> {
    let folder = SharedData.repository.appendingPathComponent("Sources/\(room)")
    var names = Set<String>()
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
    where path.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      for match in text.matches(of: /(?m)^ *(?:public |package |internal )?import (\w+)/) {
        names.insert(String(match.1))
      }
    }
    return names
  }

  @Test func `the program that builds a first site compiles nothing of the server`() throws {
    let rooms = Set(
      try FileManager.default.contentsOfDirectory(atPath: SharedData.repository.appendingPathComponent("Sources").path))
    var waiting = ["marquee-site"]
    var reached = Set(waiting)
    var libraries = Set<String>()
    while let room = waiting.popLast() {
      for name in try imports(of: room) where reached.insert(name).inserted {
        if rooms.contains(name) { waiting.append(name) } else { libraries.insert(name) }
      }
    }
    #expect(reached.contains("Pipeline") && reached.contains("Site"))
    #expect(!reached.contains("Endpoint"))
    #expect(libraries.filter { $0.hasPrefix("NIO") || $0.hasPrefix("Hummingbird") || $0.hasPrefix("HTTP") }.isEmpty)
  }

  @Test func `the changes of this version are written down`() throws {
    let version = try MarqueeProcess.run(["--version"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    #expect(try text("CHANGELOG.md").contains("\n## \(version)\n"))
  }
}
