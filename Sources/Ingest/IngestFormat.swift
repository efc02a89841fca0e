import Ratings

/// A family of rating files that Marquee reads; the raw value is the name used with `--format`.
public enum IngestFormat: String, CaseIterable, Sendable {
  /// MovieLens latest-small, 20M, 25M, 32M: `ratings.csv` with a header, `movies.csv`, `links.csv`, `tags.csv`.
  case movieLensCSV = "movielens-csv"
  /// MovieLens 1M and 10M: `ratings.dat` and `movies.dat` with fields between `::`.
  case movieLens1M = "movielens-1m"
  /// MovieLens 100k: `u.data` between tabs, `u.item` and `u.user` between bars.
  case movieLens100k = "movielens-100k"
  /// HetRec 2011 (MovieLens with IMDb and Rotten Tomatoes): `user_ratedmovies.dat` between tabs with a header.
  case hetRec2011 = "hetrec2011"
  /// The Netflix Prize: `combined_data_*.txt` or `training_set/mv_*.txt` with `MovieID:` headers.
  case netflixPrize = "netflix-prize"
  /// MovieTweetings: `ratings.dat` between `::`, 0 to 10, IMDb ids.
  case movieTweetings = "movietweetings"
  /// Any table with columns named user, movie, rating and perhaps timestamp, or their usual aliases.
  case csv
  /// One person's ratings from Letterboxd: `ratings.csv` of the export, or the whole `.zip`.
  case letterboxd
  /// One person's ratings from IMDb: `ratings.csv` of "Your ratings".
  case imdb
  /// One person's ratings from Trakt: `ratings-movies.json` of the data export.
  case trakt
  /// One person's thumbs and stars from Netflix: `Ratings.csv` of the personal information.
  case netflixPersonal = "netflix-personal"

  /// The format called `name`, in any case of letters.
  ///
  /// - Throws: `IngestError.unknownFormat` with the nearest name.
  public init(named name: String) throws {
    guard let format = Self(rawValue: name.lowercased()) else {
      throw IngestError.unknownFormat(name, nearest: Spelling.nearest(to: name, among: Self.allCases.map(\.rawValue)))
    }
    self = format
  }

  /// The ratings that the format can hold; a line with another one is bad.
  package var ratingRange: ClosedRange<Float> {
    switch self {
    case .movieLensCSV, .movieLens1M, .hetRec2011: 0.5...5
    case .movieLens100k, .netflixPrize: 1...5
    case .movieTweetings: 0...10
    case .csv: 0...100
    case .letterboxd, .imdb, .trakt, .netflixPersonal: 0.5...5
    }
  }

  /// The files that show the format, as an error lists them.
  var ratingFiles: String {
    switch self {
    case .movieLensCSV: "ratings.csv"
    case .movieLens1M, .movieTweetings: "ratings.dat"
    case .movieLens100k: "u.data"
    case .hetRec2011: "user_ratedmovies.dat"
    case .netflixPrize: "combined_data_*.txt or training_set/mv_*.txt"
    case .csv: "one .csv or .tsv file with the columns user, movie and rating"
    case .letterboxd: "ratings.csv with the columns Name, Year and Rating"
    case .imdb: "ratings.csv with the columns Const and Your Rating"
    case .trakt: "ratings-movies.json"
    case .netflixPersonal: "Ratings.csv with the columns Title Name and Thumbs Value"
    }
  }

  /// Whether this is what a film site gives one of its members: titles and years instead of a data set's ids.
  public var isPersonal: Bool {
    switch self {
    case .letterboxd, .imdb, .trakt, .netflixPersonal: true
    default: false
    }
  }
}
