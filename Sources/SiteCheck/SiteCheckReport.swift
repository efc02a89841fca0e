/// What a check of a built site found.
package struct SiteCheckReport: Sendable {
  /// HTML files.
  package internal(set) var pages = 0
  /// Links inside the site, in pages, style sheets, sitemaps and feeds.
  package internal(set) var links = 0
  /// JSON files that were read.
  package internal(set) var jsonFiles = 0
  /// The first problems found, at most `problemLimit`, by file and line.
  package internal(set) var problems: [SiteProblem] = []
  /// How many problems there are, also those that are not listed.
  package internal(set) var problemCount = 0

  /// How many problems are kept: a mistake in a layout is on every page.
  package static let problemLimit = 1000

  mutating func add(_ problem: SiteProblem) {
    problemCount += 1
    if problems.count < Self.problemLimit { problems.append(problem) }
  }
}

/// One thing that is wrong with a built site, and where.
package struct SiteProblem: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case brokenLink = "broken link"
    case missingAnchor = "missing anchor"
    case duplicateID = "duplicate id"
    case unreachablePage = "unreachable page"
    case markup = "markup"
    case json = "JSON"
    case contract = "contract"
    case xml = "XML"
    case file = "file"
  }

  /// Relative to the site's folder.
  package let file: String
  /// From 1.
  package let line: Int
  package let kind: Kind
  /// What is wrong and how to fix it.
  package let words: String
  /// Where a faulty link leads, from the site's folder on.
  package var target: String?

  init(file: String, line: Int, kind: Kind, words: String, target: String? = nil) {
    (self.file, self.line, self.kind, self.words, self.target) = (file, line, kind, words, target)
  }
}

extension SiteProblem: CustomStringConvertible {
  package var description: String { "\(file):\(line): \(words)" }
}
