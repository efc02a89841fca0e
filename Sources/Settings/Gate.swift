/// A figure of a site that may not become worse by more than a margin from one published build to the next.
/// `meaning` says what each is.
package enum Gate: String, CaseIterable, Codable, Sendable {
  case rmse
  case ndcg
  case coverage
  case unlisted
  case pageWeight = "page-weight"
  case brokenLinks = "broken-links"

  /// What the reference says of it.
  package var meaning: String {
    switch self {
    case .rmse: "Error of the predicted stars: the lowest of the stars models."
    case .ndcg: "How right the lists are: the highest nDCG@10 of the list models."
    case .coverage: "Share of the films that are on somebody's list of the first list model."
    case .unlisted: "Share of the films that are on nobody's list, of any list model."
    case .pageWeight: "Bytes of the heaviest page."
    case .brokenLinks: "Links that lead nowhere."
    }
  }

  /// Whether more is better.
  package var isGain: Bool { self == .ndcg || self == .coverage }
}
