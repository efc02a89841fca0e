import Ratings

/// The traits that describe users' tastes: genres, decades and popularity of all films, computed once.
struct FilmTraits: Sendable {
  /// In alphabetical order.
  let genreNames: [String]
  /// Per film: positions in `genreNames`.
  let genres: [[Int32]]
  /// The first years of all decades, ascending.
  let decadeYears: [Int]
  /// Per film: the position in `decadeYears`, or -1.
  let decades: [Int]
  /// Per film: the share of the other films that have fewer ratings.
  let fame: [Float]

  /// - Parameter counts: how many ratings each film has.
  ///
  /// - Complexity: O(films log films).
  init(_ movies: [Movie], counts: [Int]) {
    genreNames = Set(movies.flatMap(\.genres)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let positions = Dictionary(uniqueKeysWithValues: genreNames.enumerated().map { ($1, Int32($0)) })
    genres = movies.map { movie in movie.genres.compactMap { positions[$0] } }
    decadeYears = Set(movies.compactMap(\.decade)).sorted()
    let places = Dictionary(uniqueKeysWithValues: decadeYears.enumerated().map { ($1, $0) })
    decades = movies.map { $0.decade.flatMap { places[$0] } ?? -1 }
    fame = Self.fame(counts)
  }

  init(_ training: TrainingSet) {
    self.init(training.movies, counts: (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) })
  }

  private static func fame(_ counts: [Int]) -> [Float] {
    let sorted = counts.sorted()
    var below: [Int: Int] = [:]
    for (position, count) in sorted.enumerated() where below[count] == nil { below[count] = position }
    let others = Float(max(1, counts.count - 1))
    return counts.map { Float(below[$0] ?? 0) / others }
  }
}
