package import Ratings

/// Options for reading.
package struct IngestOptions: Sendable {
  /// The format of all paths; nil to detect it for each.
  package var format: IngestFormat?
  /// Whether a single bad line is an error.
  package var isStrict: Bool
  /// The user of personal exports; nil for the name in the export, in its file's name, or that of its format.
  package var user: String?
  /// The same for single paths.
  package var users: [String: String] = [:]
  /// The scale as declared by the owner; nil to infer it from the ratings.
  package var scale: DeclaredScale?
  /// The movies in the destination database: exports are matched to them too. Only called if there are exports.
  package var knownMovies: (@Sendable () throws -> [KnownMovie])?
  /// The scale of the destination database; used for exports without a data set.
  package var knownScale: (@Sendable () throws -> RatingScale?)?
  /// The ratings of a member in that database, by film; only called for owners named after their format.
  package var knownRatings: (@Sendable (_ user: String) throws -> [SourceID: Float])?
  /// Called with the progress, at most about 20 times a second.
  package var progress: (@Sendable (IngestProgress) -> Void)?

  package init(
    format: IngestFormat? = nil, isStrict: Bool = false, progress: (@Sendable (IngestProgress) -> Void)? = nil
  ) {
    self.format = format
    self.isStrict = isStrict
    self.progress = progress
  }
}

/// A known movie, and its number of ratings.
package struct KnownMovie: Sendable {
  package let movie: Movie
  package let ratingCount: Int

  package init(_ movie: Movie, ratingCount: Int) { (self.movie, self.ratingCount) = (movie, ratingCount) }
}

/// The progress of reading.
package struct IngestProgress: Sendable {
  /// The file that is being read.
  package let file: String
  /// Bytes read so far of all paths, as stored on disk: compressed ones for an archive.
  package let bytesRead: Int
  /// Bytes to read in all.
  package let totalBytes: Int
}
