/// The file formats that a synthetic data set can be written in.
package enum SynthesisFormat: String, CaseIterable, Sendable {
  /// `ratings.csv` by user, `movies.csv`, `tags.csv`; half stars.
  case movieLensCSV = "movielens-csv"
  /// `combined_data_1.txt` to `combined_data_4.txt` by movie, `movie_titles.csv`, `probe.txt`; whole stars.
  case netflixPrize = "netflix-prize"
}

/// What was written.
package struct SynthesisSummary: Equatable, Sendable {
  package struct File: Equatable, Sendable {
    package let name: String
    package let bytes: Int
  }

  package let users: Int
  package let movies: Int
  package let ratings: Int
  /// The movies that have at least one rating.
  package let ratedMovies: Int
  package let meanRating: Double
  /// In the order of creation.
  package let files: [File]

  package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
}
