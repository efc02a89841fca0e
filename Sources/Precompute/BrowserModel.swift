import BinaryFiles
package import LinearAlgebra
package import Models
package import Ratings

/// The models that a visitor's browser loads to make recommendations for new users.
package struct BrowserModel: Sendable, Equatable {
  /// Its movies, the most rated first: index of the movie for each film of `model`.
  package let movies: [Int32]
  /// The films to ask a new user to rate, most informative first: positions in `movies`.
  package let informative: [Int32]
  /// Predicts ratings.
  package let model: CompactModel
  /// Ranks the films of a list: the first of `movies`.
  package let lists: CompactListModel
  /// How `lists` was chosen; nil if unknown.
  package let choice: CompactListModel.Choice
  /// The film of each movie.
  let places: [Int32: Int]
  /// For each film of `lists` the factor of its score in lists of lesser-known films; nil for those with half of all ratings,
  /// as browsers count them.
  let obscurity: [Double?]

  /// Only the 25,000 most rated movies are included: a visitor's browser has to download them.
  package static let mostMovies = 25_000
  /// Films are well known up to this share of all ratings (`bands` in `scripts/taste.js`).
  private static let wellKnownShare = 0.5
  /// Films to ask about are chosen among this many of the most popular.
  static let askedAmong = 400
  static let askedCount = 48
  /// The approximate compressed size of both models, for up to `filmsOfLimit` films and in proportion beyond;
  /// and the limit of the stars model.
  private static let byteLimits = (all: 340_000, stars: 170_000)
  private static let filmsOfLimit = 10_000

  /// The movies to ask a new user to rate, most informative first.
  package var asked: [Int32] { informative.map { movies[Int($0)] } }

  init(
    movies: [Int32], informative: [Int32], model: CompactModel, lists: CompactListModel, choice: CompactListModel.Choice
  ) {
    self.movies = movies
    self.informative = informative
    self.model = model
    self.lists = lists
    self.choice = choice
    places = Dictionary(movies.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let total = Double(max(1, model.ratingCounts.reduce(0, +)))
    var sum = 0
    obscurity = model.ratingCounts.prefix(lists.filmCount).map { count in
      defer { sum += count }
      return Double(sum) / total < Self.wellKnownShare ? nil : power(Double(count) + 20, -0.4)
    }
  }

  /// - Parameters:
  ///   - interval: the prediction interval of `model`.
  ///   - seed: selects the held-out users for choosing the list model.
  package init(
    _ model: ALSModel, training: TrainingSet, interval: PredictionInterval, seed: UInt64, threads: ThreadCount
  ) {
    let counts = (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }
    let movies = Array(
      counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
        .prefix(Self.mostMovies).map { Int32($0) })
    let size = max(1, Double(movies.count) / Double(Self.filmsOfLimit))
    let stars = CompactModel(
      model, movies: movies, ratingCounts: counts, interval: interval,
      byteLimit: Int(size * Double(Self.byteLimits.stars)))
    let (lists, choice) = CompactListModel.fit(
      training, films: movies, byteLimit: Int(size * Double(Self.byteLimits.all)) - stars.packedSize, seed: seed,
      threads: threads)
    self.init(
      movies: movies,
      informative: stars.mostInformativeFilms(Self.askedCount, among: Self.askedAmong).map { Int32($0) },
      model: stars, lists: lists, choice: choice)
  }

  /// The files that browsers download.
  package var starBytes: [UInt8] { model.bytes }
  package var listBytes: [UInt8] { lists.bytes }

  package static func == (left: BrowserModel, right: BrowserModel) -> Bool {
    left.movies == right.movies && left.informative == right.informative && left.model.bytes == right.model.bytes
      && left.lists.bytes == right.lists.bytes && left.choice == right.choice
  }
}

extension BrowserModel {
  func save(to writer: inout BinaryWriter) {
    writer.write(movies)
    writer.write(informative)
    writer.write(model.bytes)
    writer.write(lists.bytes)
    writer.write(choice.weighting.rawValue)
    writer.write([
      choice.popularityRegularization, choice.factorRegularization, choice.popularityWeight, choice.factorWeight,
      choice.gain ?? .nan,
    ])
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let (movies, informative) = (try reader.read([Int32].self), try reader.read([Int32].self))
    let (stars, lists) = (try reader.read([UInt8].self), try reader.read([UInt8].self))
    let weighting = CompactListModel.Weighting(rawValue: try reader.read(UInt8.self))
    let choice = try reader.read([Double].self)
    guard let weighting, let model = CompactModel(bytes: stars), model.filmCount == movies.count, choice.count == 5,
      let lists = CompactListModel(bytes: lists), lists.filmCount <= movies.count,
      informative.allSatisfy({ movies.indices.contains(Int($0)) })
    else { throw .damaged }
    self.init(
      movies: movies, informative: informative, model: model, lists: lists,
      choice: CompactListModel.Choice(
        weighting: weighting, popularityRegularization: choice[0], factorRegularization: choice[1],
        popularityWeight: choice[2],
        factorWeight: choice[3], gain: choice[4].isNaN ? nil : choice[4]))
  }
}
