import Ratings

/// Generates a data set of any size that resembles real ones: long tails of activity and popularity, and
/// tastes that a model can find.
///
/// The same numbers and seed give the same bytes, on every machine. Everything streams: memory grows with users and
/// movies (about 60 bytes each), not with ratings.
package struct Synthesizer: Sendable {
  /// The most users or movies.
  package static let entityLimit = 1 << 26
  /// The most ratings.
  package static let ratingLimit = 10_000_000_000

  package let users: Int
  package let movies: Int
  package let ratings: Int
  package let seed: UInt64
  package let format: SynthesisFormat

  /// A plan for exactly `ratings` ratings; every user has at least one, no user rates a movie twice.
  ///
  /// - Throws: `SynthesisError` if no such data set exists: a number is not positive or beyond the limits, or the
  ///   ratings are more than the pairs or fewer than the users.
  package init(users: Int, movies: Int, ratings: Int, seed: UInt64 = 1, format: SynthesisFormat) throws {
    let limits = [
      ("users", users, Self.entityLimit), ("movies", movies, Self.entityLimit), ("ratings", ratings, Self.ratingLimit),
    ]
    for (what, value, limit) in limits {
      guard value > 0 else { throw SynthesisError.notPositive(what: what, value: value) }
      guard value <= limit else { throw SynthesisError.tooMany(what: what, value: value, limit: limit) }
    }
    guard ratings <= users * movies else {
      throw SynthesisError.moreRatingsThanPairs(ratings: ratings, users: users, movies: movies)
    }
    guard ratings >= users else { throw SynthesisError.fewerRatingsThanUsers(ratings: ratings, users: users) }
    self.users = users
    self.movies = movies
    self.ratings = ratings
    self.seed = seed
    self.format = format
  }

  /// Writes the files into `folder`, which must be new or empty.
  ///
  /// They are written to a folder next to it that replaces it at the end: a failure leaves nothing behind.
  ///
  /// - Parameter progress: called now and then with the number of ratings written so far.
  /// - Throws: `SynthesisError` if the folder is in use or cannot be written.
  /// - Complexity: O(ratings log(ratings per row) + users + movies) time.
  @discardableResult
  package func write(to folder: String, progress: (_ ratings: Int) -> Void = { _ in }) throws -> SynthesisSummary {
    try OutputFolder.fill(folder) { folder in
      let world = TasteWorld(synthesizer: self)
      return switch format {
      case .movieLensCSV: try writeMovieLens(world, to: folder, progress: progress)
      case .netflixPrize: try writeNetflix(world, to: folder, progress: progress)
      }
    }
  }
}

/// What a stream of random numbers is for, so that no two purposes share one.
enum RandomPurpose: UInt64 {
  case activity = 1
  case popularity, userTaste, movieTaste, genre, title, movieFacts, userFacts, order, choice, pilot, tags, probe
}

extension Synthesizer {
  func random(_ purpose: RandomPurpose, _ row: Int = 0) -> CounterRandom {
    CounterRandom(seed: seed, stream: purpose.rawValue, substream: UInt64(row))
  }
}
