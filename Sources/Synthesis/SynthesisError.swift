/// Why no data set was generated.
package enum SynthesisError: Error, Equatable, Sendable {
  case notPositive(what: String, value: Int)
  case tooMany(what: String, value: Int, limit: Int)
  case moreRatingsThanPairs(ratings: Int, users: Int, movies: Int)
  case fewerRatingsThanUsers(ratings: Int, users: Int)
  case folderNotEmpty(String)
  case notAFolder(String)
  case system(path: String, action: String, reason: String)
  case malformedFilm(path: String, line: Int, reason: String)
  case tooFewFilms(films: Int, ratings: Int)
}

extension SynthesisError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notPositive(let what, let value):
      "\(value) \(what) cannot be generated; ask for one or more"
    case .tooMany(let what, let value, let limit):
      "\(value) \(what) are too many for this generator; ask for \(limit) or fewer"
    case .moreRatingsThanPairs(let ratings, let users, let movies):
      "\(ratings) ratings do not fit: \(users) users and \(movies) movies make \(users * movies) pairs; "
        + "ask for fewer ratings or for more users or movies"
    case .fewerRatingsThanUsers(let ratings, let users):
      "\(ratings) ratings are too few for \(users) users, who each have at least one; "
        + "ask for more ratings or for fewer users"
    case .folderNotEmpty(let path):
      "\(path): the folder is not empty; name a new one, or empty it first"
    case .notAFolder(let path):
      "\(path): there is a file of this name; name a folder that is new or empty"
    case .system(let path, let action, let reason):
      "\(path): cannot \(action): \(reason); check permissions and free space"
    case .malformedFilm(let path, let line, let reason):
      "\(path):\(line): \(reason); write movieId,title (year),genres,directors"
    case .tooFewFilms(let films, let ratings):
      "\(films) films are too few for a community with \(ratings) ratings; list more films"
    }
  }
}
