import Ratings

/// The synthetic film club whose ratings the project ships with its sample of real films.
///
/// Members mix a few tastes (`Taste.all`), have their own severity and favourite directors, see the well-known
/// films first, prefer what they tend to like, and rate on evenings over several years. No rating is from a real person.
/// The same films and seed give the same bytes.
package struct SampleCommunity: Sendable {
  /// The seed of the files in content/sample.
  package static let shippedSeed: UInt64 = 1895
  package static let memberCount = 120
  package static let ratingCount = 6_000

  package struct Rating: Equatable, Sendable {
    package let user: Int
    package let movie: Int
    package let halfStars: Int
    package let time: Int
  }

  package struct MemberTag: Equatable, Sendable {
    package let user: Int
    package let movie: Int
    package let word: String
    package let time: Int
  }

  /// Sorted by user, then movie.
  package private(set) var ratings: [Rating] = []
  /// Sorted by user, then movie, then tag.
  package private(set) var tags: [MemberTag] = []

  /// Generates the community for the films of a movies.csv (`movieId,title,genres,directors`, titles with their years).
  ///
  /// - Throws: `SynthesisError` if a line is malformed, or there are fewer films than twice an average member's
  ///   ratings.
  package init(moviesCSV: String, seed: UInt64 = shippedSeed) throws {
    let films = try SampleFilm.films(inCSV: moviesCSV)
    guard films.count * Self.memberCount >= 2 * Self.ratingCount else {
      throw SynthesisError.tooFewFilms(films: films.count, ratings: Self.ratingCount)
    }
    let club = FilmClub(films: films, seed: seed)
    let weights = LongTail.weights(Self.memberCount, spread: 0.75, random: CounterRandom(seed: seed, stream: 1))
    let counts = LongTail.counts(weights, sum: Self.ratingCount, minimum: 15, maximum: films.count / 2)
    for member in 0..<Self.memberCount {
      var random = CounterRandom(seed: seed, stream: 2, substream: UInt64(member))
      let visit = club.member(&random, number: member + 1, count: counts[member])
      ratings += visit.ratings.sorted { $0.movie < $1.movie }
      tags += visit.tags.sorted { ($0.movie, $0.word) < ($1.movie, $1.word) }
    }
  }

  /// Writes ratings.csv and tags.csv into an existing folder, and returns their names.
  ///
  /// - Throws: `SynthesisError` if a file cannot be written.
  @discardableResult
  package func write(to folder: String) throws -> [String] {
    var ratingFile = try OutputFile("ratings.csv", in: folder)
    ratingFile.append("userId,movieId,rating,timestamp")
    try ratingFile.endLine()
    for rating in ratings {
      ratingFile.append(
        "\(rating.user),\(rating.movie),\(rating.halfStars / 2).\(rating.halfStars % 2 * 5),\(rating.time)")
      try ratingFile.endLine()
    }
    var tagFile = try OutputFile("tags.csv", in: folder)
    tagFile.append("userId,movieId,tag,timestamp")
    try tagFile.endLine()
    for tag in tags {
      tagFile.append("\(tag.user),\(tag.movie),\(tag.word),\(tag.time)")
      try tagFile.endLine()
    }
    return [try ratingFile.finish().name, try tagFile.finish().name]
  }
}
