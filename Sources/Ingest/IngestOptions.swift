public import Ratings

/// How to read.
public struct IngestOptions: Sendable {
  /// The format of all paths; nil finds it out for each.
  public var format: IngestFormat?
  /// Whether a single bad line fails the whole.
  public var isStrict: Bool
  /// Whose ratings personal exports hold; nil for the name in the export, in its file's name, or that of its format.
  public var user: String?
  /// The same for single paths.
  public var users: [String: String] = [:]
  /// What the owner says of the ratings' scale; nil reads it off them.
  public var scale: DeclaredScale?
  /// What the database lists that the ratings will come to: exports are matched to it too. Asked where there are any.
  public var knownMovies: (@Sendable () throws -> [KnownMovie])?
  /// The scale of the database that the ratings will come to; exports take it over where no data set comes with them.
  public var knownScale: (@Sendable () throws -> RatingScale?)?
  /// The ratings that a member of that database has, by film; asked for those whom nothing but their format names.
  public var knownRatings: (@Sendable (_ user: String) throws -> [SourceID: Float])?
  /// Hears how far reading is, at most about 20 times a second.
  public var progress: (@Sendable (IngestProgress) -> Void)?

  public init(
    format: IngestFormat? = nil, isStrict: Bool = false, progress: (@Sendable (IngestProgress) -> Void)? = nil
  ) {
    self.format = format
    self.isStrict = isStrict
    self.progress = progress
  }
}

/// A movie that is known already, and how many ratings it has.
public struct KnownMovie: Sendable {
  public let movie: Movie
  public let ratingCount: Int

  public init(_ movie: Movie, ratingCount: Int) { (self.movie, self.ratingCount) = (movie, ratingCount) }
}

/// How far reading is.
public struct IngestProgress: Sendable {
  /// The file that is being read.
  public let file: String
  /// Bytes read so far of all paths, as they are on disk: compressed ones for an archive.
  public let bytesRead: Int
  /// Bytes to read in all.
  public let totalBytes: Int
}
