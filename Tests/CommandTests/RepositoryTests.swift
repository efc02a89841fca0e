import Foundation
import TestSupport
import Testing

@Suite struct `The repository's own documents` {
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

  @Test func `every recorded measurement is in the results with its command and commit`() throws {
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
      for match in text.matches(of: /(?m)^ *(?:@_spi\(\w+\) )?(?:public |package |internal )?import (\w+)/) {
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

  /// The Swift sources by their paths below `Sources`.
  private func sources() throws -> [(path: String, text: String)] {
    let folder = SharedData.repository.appendingPathComponent("Sources")
    var found: [(path: String, text: String)] = []
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
    where path.hasSuffix(".swift") {
      found.append((path, try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)))
    }
    return found
  }

  /// Whether a file says at its top what keeps its use of memory safe, in more than a few words.
  private static func statesInvariants(_ text: String) -> Bool {
    text.firstMatch(of: /^(?:#if .*\n)? *\/\/ Unsafe: [^\n]{20,}/) != nil
  }

  @Test func `every unsafe file begins with the reason why it is safe`() throws {
    let unsafe = try sources().filter { $0.path.hasSuffix("+Unsafe.swift") }
    #expect(unsafe.count > 80)
    let silent = unsafe.filter { !Self.statesInvariants($0.text) }.map(\.path)
    #expect(silent.isEmpty, "\(silent.sorted()) begin with no “// Unsafe: …”")
    #expect(!Self.statesInvariants("import Ratings\n\n// Unsafe: too late to be seen by anybody"))
    #expect(!Self.statesInvariants("// Unsafe: fast.\n"))
  }

  @Test func `only what made or cleaned markup can call it trusted`() throws {
    let trusting = try sources().filter { $0.text.contains("@_spi(TrustedHTML)") }.map(\.path).sorted()
    #expect(
      trusting.map { $0.split(separator: "/").last } == [
        "MarkdownDocument.swift", "Address+HTML.swift", "MarkdownPage.swift", "StructuredData.swift",
        "TrustedHTML.swift",
      ])
    #expect(try sources().filter { $0.text.contains("TrustedHTML(stringLiteral:") }.isEmpty)
  }

  /// Lines that name a C library where another one may be in its place, or import one and not all three.
  private static func unportable(_ text: String) -> [Int] {
    var found: [Int] = []
    // The conditions around a line, innermost last.
    var conditions: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("#if ") {
        conditions.append(String(words.dropFirst(4)))
      } else if words.hasPrefix("#elseif ") {
        conditions[conditions.count - 1] += "; " + words.dropFirst(8)
      } else if words.hasPrefix("#else") {
        conditions[conditions.count - 1] += "; else"
      } else if words.hasPrefix("#endif") {
        conditions.removeLast()
      } else if !words.hasPrefix("//") {
        for library in ["Glibc", "Musl", "Darwin"]
        where line.contains("import \(library)") || line.contains("\(library).") {
          // The branch that the line stands in is the last of the innermost condition.
          let branch = conditions.last?.split(separator: "; ").last.map(String.init) ?? ""
          let others = conditions.last?.contains("canImport") ?? false
          if !branch.contains("canImport(\(library))"), !(branch == "else" && others && library == "Darwin") {
            found.append(index + 1)
          }
        }
      }
    }
    return found
  }

  @Test func `no C library is named but where it can be imported`() throws {
    for (path, text) in try sources() {
      let lines = Self.unportable(text)
      #expect(lines.isEmpty, "Sources/\(path): lines \(lines) name a C library that may be another")
      // Who imports one imports each, so that the same file compiles everywhere.
      if text.contains("import Glibc") {
        let isOfLinux = text.contains("#if os(Linux)")
        #expect(
          text.contains("import Musl") && (text.contains("import Darwin") || isOfLinux),
          "Sources/\(path) imports Glibc and not the others")
      }
    }
    #expect(Self.unportable("let count = Glibc.write(1, a, b)") == [1])
    #expect(
      Self.unportable("#if canImport(Glibc)\n  import Glibc\n#else\n  import Darwin\n#endif\nGlibc.exit(1)") == [6])
    #expect(Self.unportable("#if canImport(Musl)\n  Glibc.exit(1)\n#endif") == [2])
  }

  @Test func `every error has an example for the handbook`() throws {
    let sources = SharedData.repository.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path)).compactMap { $0 as? String }
    let errors = try files.filter { $0.hasSuffix(".swift") }.filter {
      try text("Sources/" + $0).contains(/\n(?:public |package )?enum [A-Za-z]+Error: Error/)
    }
    #expect(errors.count >= 25)
    for path in errors {
      let cases = try text("Sources/" + path).matches(of: /\n  (?:indirect )?case ([a-zA-Z]+)/).map { String($0.1) }
      let shown = try text("Sources/" + path.replacing(".swift", with: "+Examples.swift"))
      #expect(!cases.isEmpty, "\(path)")
      for name in cases { #expect(shown.contains(".\(name)"), "\(path): .\(name)") }
    }
  }

  @Test func `the changes of this version are written down`() throws {
    let version = try MarqueeProcess.run(["--version"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    #expect(try text("CHANGELOG.md").contains("\n## \(version)\n"))
  }
}
