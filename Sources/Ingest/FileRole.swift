/// What a file holds within its data set.
enum FileRole: Equatable {
  case ratings, movies, links, tags, users
  /// MovieLens 100k's list of genres.
  case genreNames
  /// HetRec's tables of genres, directors and tag texts.
  case movieGenres, movieDirectors, tagNames
  /// The Netflix Prize's list of pairs whose ratings are for validation, and its pairs without ratings.
  case probe, qualifying
}

extension IngestFormat {
  /// What the file called `name` (in lower case) holds in a data set of this format; nil if it is not read.
  func role(of name: String) -> FileRole? {
    switch self {
    case .movieLensCSV, .csv:
      switch name {
      case "ratings.csv", "ratings.tsv", "ratings.txt": .ratings
      case "movies.csv": .movies
      case "links.csv": .links
      case "tags.csv": .tags
      case "users.csv": .users
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
    case .letterboxd, .imdb, .netflixPersonal: name == "ratings.csv" ? .ratings : nil
    case .trakt: name == "ratings-movies.json" || name == "ratings_movies.json" ? .ratings : nil
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
}
