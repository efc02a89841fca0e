/// What a check of a built site found.
public struct SiteCheckReport: Sendable {
  /// HTML files.
  public internal(set) var pages = 0
  /// Links inside the site, in pages, style sheets, sitemaps and feeds.
  public internal(set) var links = 0
  /// JSON files that were read.
  public internal(set) var jsonFiles = 0
  /// The first problems found, at most `problemLimit`, by file and line.
  public internal(set) var problems: [SiteProblem] = []
  /// How many problems there are, also those that are not listed.
  public internal(set) var problemCount = 0

  /// How many problems are kept: a mistake in a layout is on every page.
  public static let problemLimit = 1000

  mutating func add(_ problem: SiteProblem) {
    problemCount += 1
    if problems.count < Self.problemLimit { problems.append(problem) }
  }
}

/// One thing that is wrong with a built site, and where.
public struct SiteProblem: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
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
  public let file: String
  /// From 1.
  public let line: Int
  public let kind: Kind
  /// What is wrong and how to fix it.
  public let words: String
  /// Where a faulty link leads, from the site's folder on.
  public var target: String?

  init(file: String, line: Int, kind: Kind, words: String, target: String? = nil) {
    (self.file, self.line, self.kind, self.words, self.target) = (file, line, kind, words, target)
  }
}

extension SiteProblem: CustomStringConvertible {
  public var description: String { "\(file):\(line): \(words)" }
}
