#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is wrong with a site, for those who look at it in a browser.
package struct SiteFault: Codable, Sendable, Equatable {
  /// One thing that is wrong.
  package struct Entry: Codable, Sendable, Equatable {
    /// Below the site's folder where it is there; nil where the message names no place.
    package var file: String?
    package var line: Int?
    package var column: Int?
    package var message: String
    /// The lines around the place.
    package var excerpt: [Line] = []
  }

  package struct Line: Codable, Sendable, Equatable {
    package var number: Int
    package var text: String
  }

  package var entries: [Entry]

  private static let mostEntries = 20
  private static let linesAround = 2
  private static let longestLine = 300

  /// - Parameter site: the folder of the site, for shorter paths.
  package init(_ error: any Error, site: String) {
    let lines = "\(error)".split(separator: "\n").map(String.init)
    entries = lines.prefix(Self.mostEntries).map { Self.entry($0, site: site) }
  }

  /// Takes `path:line:column: words` apart.
  private static func entry(_ text: String, site: String) -> Entry {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for index in parts.indices.dropFirst() {
      guard let line = Int(parts[index]), line > 0 else { continue }
      let path = parts[..<index].joined(separator: ":")
      let column = index + 1 < parts.count ? Int(parts[index + 1]) : nil
      let words = parts[(index + (column == nil ? 1 : 2))...].joined(separator: ":").drop { $0 == " " }
      let file = path.hasPrefix(site + "/") ? String(path.dropFirst(site.count + 1)) : path
      return Entry(
        file: file, line: line, column: column, message: String(words), excerpt: excerpt(of: path, around: line))
    }
    return Entry(message: text)
  }

  /// A line of settings whose value nobody else may know, with the value covered.
  static func withoutSecret(_ line: String) -> String {
    guard let colon = line.firstIndex(of: ":") else { return line }
    let name = line[..<colon].lowercased()
    guard ["secret", "password", "token", "api-key", "apikey"].contains(where: { name.contains($0) }) else {
      return line
    }
    return line[...colon] + " …"
  }

  private static func excerpt(of path: String, around line: Int) -> [Line] {
    guard let data = FileManager.default.contents(atPath: path), data.count < 4_000_000 else { return [] }
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let first = max(0, line - 1 - linesAround)
    let last = min(lines.count, line + linesAround)
    guard first < last else { return [] }
    return (first..<last).map { index in
      let text = String(String(decoding: lines[index], as: UTF8.self).prefix(longestLine))
      return Line(number: index + 1, text: withoutSecret(text))
    }
  }
}
