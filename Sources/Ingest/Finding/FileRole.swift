/// The role of a file in its data set.
enum FileRole: Equatable {
  case ratings, movies, links, tags, users
  /// TMDb's table of films by TMDb's ids, which links translate.
  case metadata
  /// MovieLens 100k's list of genres.
  case genreNames
  /// HetRec's tables of genres, directors and tag texts.
  case movieGenres, movieDirectors, tagNames
  /// The Netflix Prize's list of pairs whose ratings are for validation, and its pairs without ratings.
  case probe, qualifying
}

extension IngestFormat {
  /// The role of the file called `name` (in lower case) in a data set of this format; nil if it is not read.
  func role(of name: String) -> FileRole? {
    switch self {
    case .movieLensCSV, .csv, .jsonLines:
      switch name {
      case "ratings.csv", "ratings.tsv", "ratings.txt": .ratings
      case "movies.csv", "movies.tsv": .movies
      case "movies_metadata.csv": .metadata
      case "links.csv", "links.tsv": .links
      case "tags.csv", "tags.tsv": .tags
      case "users.csv", "users.tsv": .users
      default: nil
      }
    case .recBole:
      switch name.split(separator: ".").last {
      case "inter": .ratings
      case "item": .movies
      case "user": .users
      default: nil
      }
    case .movieLens1M, .movieTweetings:
      switch name {
      case "ratings.dat": .ratings
      case "movies.dat": .movies
      case "users.dat": .users
      case "tags.dat": .tags
      default: nil
      }
    case .movieLens100k:
      switch name {
      case "u.data": .ratings
      case "u.item": .movies
      case "u.user": .users
      case "u.genre": .genreNames
      default: nil
      }
    case .hetRec2011:
      switch name {
      case "user_ratedmovies.dat", "user_ratedmovies-timestamps.dat": .ratings
      case "movies.dat": .movies
      case "movie_genres.dat": .movieGenres
      case "movie_directors.dat": .movieDirectors
      case "tags.dat": .tagNames
      case "user_taggedmovies.dat", "user_taggedmovies-timestamps.dat": .tags
      default: nil
      }
    case .trakt: Self.isPage(name) || name == "ratings.csv" ? .ratings : nil
    case .letterboxd, .imdb, .netflixPersonal, .movieLensOrg, .tmdb, .simkl, .kinorium, .criticker, .personal:
      name == "ratings.csv" ? .ratings : nil
    case .netflixPrize:
      switch name {
      case "movie_titles.txt", "movie_titles.csv": .movies
      case "probe.txt": .probe
      case "qualifying.txt": .qualifying
      default:
        (name.hasPrefix("combined_data") || name.hasPrefix("mv_")) && name.hasSuffix(".txt") ? .ratings : nil
      }
    }
  }

  /// Whether this is one of Trakt's files of ratings of films: `ratings-movies.json`, `ratings-movies-2.json`.
  static func isPage(_ name: String) -> Bool {
    let pages = FormatKnowledge.known.pages
    return name.hasSuffix(pages.ending)
      && pages.prefix.contains { prefix in
        name.hasPrefix(prefix)
          && name.dropFirst(prefix.count).dropLast(pages.ending.count).utf8.allSatisfy {
            Bytes.isDigit($0) || $0 == 0x2d || $0 == 0x5f
          }
      }
  }
}
