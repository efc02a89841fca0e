import Platform
import Ratings

/// A family of rating files that Marquee reads; the raw value is the name used with `--format`.
package enum IngestFormat: String, CaseIterable, Sendable, Codable {
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
  /// Any table with columns named user, movie, rating and optionally timestamp, or their usual aliases; films by IMDb's or
  /// TMDb's ids or by titles are looked up in the catalogue.
  case csv
  /// RecBole's atomic files: `name.inter`, `name.item` and `name.user`, with types after the names of columns.
  case recBole = "recbole"
  /// A JSON object on each line, or an array of them, with the same names as columns.
  case jsonLines = "json-lines"
  /// One person's ratings from Letterboxd: `ratings.csv` of the export, the whole `.zip`, or a table made for its import.
  case letterboxd
  /// One person's ratings from IMDb: `ratings.csv` of "Your ratings", old or new.
  case imdb
  /// One person's ratings from Trakt: the `.zip` of the data export, one of its files, or a table.
  case trakt
  /// Thumbs and stars of a household from Netflix: `Ratings.csv` of the personal information.
  case netflixPersonal = "netflix-personal"
  /// One person's ratings from movielens.org: `movielens-ratings.csv`.
  case movieLensOrg = "movielens-org"
  /// One person's ratings from TMDb.
  case tmdb
  /// One person's ratings from Simkl: a table or `.json`.
  case simkl
  /// One person's votes from Kinorium.
  case kinorium
  /// One person's scores from Criticker.
  case criticker
  /// Any other table of one person's ratings: films by id or title, without a user column.
  case personal

  /// The format called `name`, ignoring case.
  ///
  /// - Throws: `IngestError.unknownFormat` with the nearest name.
  package init(named name: String) throws {
    guard let format = Self(rawValue: name.lowercased()) else {
      throw IngestError.unknownFormat(name, nearest: Spelling.nearest(to: name, among: Self.allCases.map(\.rawValue)))
    }
    self = format
  }

  /// The valid ratings of the format; a line with another one is bad.
  package var ratingRange: ClosedRange<Float> {
    switch self {
    case .movieLensCSV, .movieLens1M, .hetRec2011: 0.5...5
    case .movieLens100k, .netflixPrize: 1...5
    case .movieTweetings: 0...10
    case .csv, .recBole, .jsonLines: 0...100
    case .letterboxd, .imdb, .trakt, .netflixPersonal, .movieLensOrg, .tmdb, .simkl, .kinorium, .criticker, .personal:
      0...100
    }
  }

  /// The files that identify the format, for error messages.
  var ratingFiles: String {
    switch self {
    case .movieLensCSV: "ratings.csv"
    case .movieLens1M, .movieTweetings: "ratings.dat"
    case .movieLens100k: "u.data"
    case .hetRec2011: "user_ratedmovies.dat"
    case .netflixPrize: "combined_data_*.txt or training_set/mv_*.txt"
    case .csv: "one .csv or .tsv file with the columns user, movie and rating"
    case .recBole: "one .inter file"
    case .jsonLines: "one .json or .jsonl file with user, movie and rating"
    case .letterboxd: "ratings.csv with the columns Name, Year and Rating"
    case .imdb: "a table with the columns Const and Your Rating"
    case .trakt: "ratings-movies.json or ratings-movies-1.json, …"
    case .netflixPersonal: "Ratings.csv with the columns Title Name and Thumbs Value"
    case .movieLensOrg: "movielens-ratings.csv"
    case .tmdb: "a table with the columns TMDb ID, Name and Your Rating"
    case .simkl: "a table with the columns SIMKL_ID, Title and Rating"
    case .kinorium: "a table with the columns Title, Original Title and My rating"
    case .criticker: "a table with the columns Film Name and Score"
    case .personal: "a table with titles or ids of films and ratings"
    }
  }

  /// Whether this is one person's: titles, or ids of films, without a user column.
  package var isPersonal: Bool { isService || self == .personal }

  /// Whether this is a personal export from a film site.
  var isService: Bool {
    switch self {
    case .letterboxd, .imdb, .trakt, .netflixPersonal, .movieLensOrg, .tmdb, .simkl, .kinorium, .criticker: true
    default: false
    }
  }

  /// Whether the columns are identified by name.
  var isNamedTable: Bool {
    switch self {
    case .movieLensCSV, .csv, .recBole, .jsonLines: true
    default: isPersonal
    }
  }
}
