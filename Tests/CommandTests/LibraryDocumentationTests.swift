import Foundation
import TestSupport
import Testing

/// The library products as another package reads them.
@Suite struct `The documentation of the libraries` {
  /// A declaration that other packages see.
  private struct Declaration {
    let name: String
    let line: Int
    let isDocumented: Bool
  }

  /// Requirements of the language's own protocols, whose documentation is theirs.
  private static let ofTheLanguage: Set<String> = [
    "description", "hash", "==", "<", "startIndex", "endIndex", "index", "next", "makeIterator",
  ]

  /// The public declarations of a file. Those of one line with several attributes before them count, too.
  private static func declarations(in text: String) -> [Declaration] {
    let pattern =
      /^ *(?:@\w+(?:\([^)]*\))? +)*public (?:(?:static|mutating|nonisolated|consuming|final|indirect) )*(?:func|var|let|init|struct|enum|class|protocol|subscript|typealias) ?([\w=<]*)/
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.compactMap { index in
      guard let match = lines[index].firstMatch(of: pattern) else { return nil }
      var above = index - 1
      while above >= 0, lines[above].contains(/^ *@\w+(?:\(.*\))?$/) { above -= 1 }
      let isDocumented = above >= 0 && lines[above].contains(/^ *\/\/\//)
      // `init(from:)` and `subscript(position:)` are told from others by their first label.
      let rest = lines[index][match.range.upperBound...]
      let label = match.1.isEmpty ? String(rest.prefix { !": )".contains($0) }) : String(match.1)
      return Declaration(name: label, line: index + 1, isDocumented: isDocumented)
    }
  }

  /// The names that the protocols of a file require, each with its documentation.
  private static func requirements(in text: String) -> [String] {
    text.matches(of: /(?ms)^( *)(?:public )?protocol .*?^\1}/).flatMap { match in
      match.0.matches(of: /(?m)^ +(?:static |mutating )*(?:func|var|init) ?(\w*)(\(from)?/).map {
        $0.1.isEmpty ? String($0.2 ?? "") : String($0.1)
      }
    }
  }

  private func sources(of module: String) throws -> [(path: String, text: String)] {
    let root = SharedData.repository.appendingPathComponent("Sources/\(module)")
    return try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { ($0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8)) }
  }

  @Test(arguments: ["Ratings", "Models", "Evaluation"])
  func `every public declaration says what it is, itself or by the protocol that asks for it`(module: String) throws {
    let sources = try sources(of: module)
    let inherited = Self.ofTheLanguage.union(try self.sources(of: "Models").flatMap { Self.requirements(in: $0.text) })
    var count = 0
    for (path, text) in sources {
      for declaration in Self.declarations(in: text) {
        count += 1
        let isTold = declaration.isDocumented || inherited.contains(declaration.name)
        #expect(isTold, "Sources/\(module)/\(path):\(declaration.line): \(declaration.name) is not documented")
      }
    }
    #expect(count > 60, "the declarations of \(module) were found")
  }

  @Test func `a declaration is read as it is written`() {
    let found = Self.declarations(
      in: """
        /// A film.
        public struct Film {
          public let year: Int
          /// Its title.
          @inlinable
          public var title: String { "" }
          @inlinable public static func of(_ id: Int) -> Film { Film() }
          public init(from reader: Int) {}
          var own = 1
        """)
    #expect(found.map(\.name) == ["Film", "year", "title", "of", "(from"])
    #expect(found.map(\.isDocumented) == [true, false, true, false, false])
    #expect(
      Self.requirements(in: "public protocol Model {\n  /// Rows.\n  var rows: Int { get }\n  init(from: Int)\n}")
        == ["rows", "(from"])
  }
}
