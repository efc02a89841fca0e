/// The kind of similarity between two movies.
package enum SimilarityMeasure: UInt8, Sendable {
  /// The same people watch both, according to a list model.
  case audience
  /// The same people like both, according to a stars model.
  case taste
}
