public import Models
public import Ratings

/// What the site hands a visitor's browser, so that it can say what a newcomer would like.
public struct BrowserModel: Sendable, Equatable {
  /// The movies that it knows, the most rated first: index of the movie for each film of `model`.
  public let movies: [Int32]
  /// The films to ask a newcomer about, most telling first: places in `movies`.
  public let telling: [Int32]
  public let model: CompactModel

  /// Movies with fewer ratings than the 25,000 most rated ones stay out: a visitor's browser has to fetch it all.
  public static let mostMovies = 25_000
  /// Films to ask about are looked for among this many of the best known.
  static let askedAmong = 400
  static let askedCount = 48

  /// What the browser fetches.
  public var bytes: [UInt8] { model.bytes }
  /// The movies to ask a newcomer about, most telling first.
  public var asked: [Int32] { telling.map { movies[Int($0)] } }

  public init(movies: [Int32], telling: [Int32], model: CompactModel) {
    self.movies = movies
    self.telling = telling
    self.model = model
  }

  /// Reads the bytes of a model of these movies; nil where they are none.
  public init?(movies: [Int32], telling: [Int32], bytes: [UInt8]) {
    guard let model = CompactModel(bytes: bytes), model.filmCount == movies.count,
      telling.allSatisfy({ movies.indices.contains(Int($0)) })
    else { return nil }
    self.init(movies: movies, telling: telling, model: model)
  }

  /// - Parameter interval: the range around the stars of `model`.
  public init(_ model: ALSModel, training: TrainingSet, interval: PredictionInterval) {
    let counts = (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }
    movies = Array(
      counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
        .prefix(Self.mostMovies).map { Int32($0) })
    self.model = CompactModel(model, movies: movies, ratingCounts: counts, interval: interval)
    telling = self.model.tellingFilms(Self.askedCount, among: Self.askedAmong).map { Int32($0) }
  }

  public static func == (left: BrowserModel, right: BrowserModel) -> Bool {
    left.movies == right.movies && left.telling == right.telling && left.model.bytes == right.model.bytes
  }

  /// `list` with the stars that a browser shows a newcomer with these ratings. What the browser does not know keeps
  /// its stars.
  public func restarred(_ list: RecommendationList, newcomer ratings: [MovieRating]) -> RecommendationList {
    let places = Dictionary(uniqueKeysWithValues: movies.enumerated().map { ($1, $0) })
    let profile = model.foldIn(
      ratings.compactMap { rating in places[rating.movie].map { (film: $0, stars: rating.value) } })
    var result = list
    result.entries = Ragged(
      offsets: list.entries.offsets,
      elements: list.entries.elements.map { entry in
        guard let film = places[entry.movie] else { return entry }
        var entry = entry
        (entry.stars, entry.low, entry.high) = model.predict(profile, film: film)
        return entry
      })
    return result
  }
}
