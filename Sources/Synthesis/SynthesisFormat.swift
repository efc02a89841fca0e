/// The file formats that a synthetic data set can be written in.
public enum SynthesisFormat: String, CaseIterable, Sendable {
  /// `ratings.csv` by user, `movies.csv`, `tags.csv`; half stars.
  case movieLensCSV = "movielens-csv"
  /// `combined_data_1.txt` to `combined_data_4.txt` by movie, `movie_titles.csv`, `probe.txt`; whole stars.
  case netflixPrize = "netflix-prize"
}

/// What was written.
public struct SynthesisSummary: Equatable, Sendable {
  public struct File: Equatable, Sendable {
    public let name: String
    public let bytes: Int
  }

  public let users: Int
  public let movies: Int
  public let ratings: Int
  /// The movies that have at least one rating.
  public let ratedMovies: Int
  public let meanRating: Double
  /// In the order of creation.
  public let files: [File]

  public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
}
