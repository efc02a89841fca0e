/// Why a service could not be used.
package enum FilmFactsError: Error, Equatable, CustomStringConvertible {
  case noKey
  case limitReached(service: String, done: Int, of: Int)
  case refused(service: String, reason: String)
  case oddAnswer(service: String, url: String)
  case notWritable(path: String)

  package var description: String {
    switch self {
    case .noKey:
      "no API key; get one at themoviedb.org or omdbapi.com and set TMDB_API_KEY or OMDB_API_KEY"
    case .limitReached(let service, let done, let count):
      "\(service): today's requests are used up after \(done) of \(count) films; the results are kept, continue tomorrow"
    case .refused(let service, let reason): "\(service): rejects the request (\(reason)); check the key"
    case .oddAnswer(let service, let url): "\(service): \(url) does not respond as documented; try again later"
    case .notWritable(let path): "\(path): cannot be written; check permissions and free space"
    }
  }
}
