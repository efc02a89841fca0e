/// What two movies have in common when a model calls them similar.
public enum SimilarityMeasure: UInt8, Sendable {
  /// The same people watch both: a list model says so.
  case audience
  /// The same people like both: a stars model says so.
  case taste
}
