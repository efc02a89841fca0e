public import LinearAlgebra
public import Ratings

/// A step behind any list model that lets more of the catalogue be found: it puts the best candidates of someone's list in
/// another order.
///
/// Film by film it takes the candidate with the highest
///
///     v − γ log(1 + 600 r) − n (g KL(p ‖ q) + f KL(p' ‖ q'))
///
/// v is the model's score, from 0 for the last candidate to 1 for the first; r the part of all users on whose list the film
/// is; p the mix of genres among the user's likes and q that of the n films on the list with this one (calibration,
/// Steck 2018); p' and q' the same for how known films are, in five bands of as many ratings each (Abdollahpouri et al. 2021).
///
/// The weights were chosen on MovieLens 100k and latest-small; `marquee evaluate --discovery` measures lists with and without.
public struct ListDiscovery: Sendable {
  public struct Weights: Sendable, Equatable {
    /// γ, g and f.
    public var repetition: Float
    public var genres: Float
    public var fame: Float

    public init(repetition: Float = 0.11, genres: Float = 0.01, fame: Float = 0.02) {
      self.repetition = repetition
      self.genres = genres
      self.fame = fame
    }
  }

  /// How many of a model's best movies are candidates for a list of `count`.
  static func candidateCount(for count: Int) -> Int { max(count, min(1000, 10 * count)) }

  private static let bandCount = 5
  private static let smoothing: Float = 0.01
  private static let commonPart = 600.0
  private static let mostCounted = 20_000
  private static let countedLength = 10
  private static let rounds = 4

  private let weights: Weights
  /// log(1 + 600 r) of each movie.
  public private(set) var commonness: [Float]
  /// Movies x genres, the values of a movie summing to 1.
  private let genres: SparseRows
  private let bands: [UInt8]
  private let scale: RatingScale

  /// What an earlier build worked out.
  ///
  /// - Parameters:
  ///   - commonness: of each movie, as an earlier value had it.
  ///   - ratingCounts: of each movie.
  public init(
    commonness: [Float], movies: [Movie], ratingCounts: [Int], scale: RatingScale, weights: Weights = Weights()
  ) {
    self.weights = weights
    self.commonness = commonness
    self.scale = scale
    genres = Self.genres(of: movies)
    bands = Self.bands(ratingCounts)
  }

  /// How common films are on the lists of `model`, this step behind it.
  ///
  /// - Complexity: the lists of at most 20,000 users.
  public init(
    _ model: some Recommender, training: TrainingSet, weights: Weights = Weights(), seed: UInt64, threads: ThreadCount
  ) {
    self.init(
      commonness: [Float](repeating: 0, count: training.movieCount), movies: training.movies,
      ratingCounts: (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }, scale: training.scale,
      weights: weights)
    let users = Self.sample(of: training, seed: seed)
    let ratings = users.map { training.ratings(ofUser: $0) }
    let candidates = TopMovies(count: Self.candidateCount(for: Self.countedLength))
      .lists(by: model, userCount: users.count, threads: threads) { index in
        model.profile(ofUser: users[index], ratings: ratings[index])
      }
    var counts = [Double](repeating: 0, count: training.movieCount)
    for list in candidates { for entry in list.prefix(Self.countedLength) { counts[Int(entry.movie)] += 1 } }
    // Lists as they come push down what everybody gets, and the next ones something else: their mean settles.
    for round in 1...Self.rounds {
      commonness = counts.map { Float(logarithm(1 + Self.commonPart * $0 / Double(max(1, users.count)))) }
      guard round < Self.rounds else { break }
      let current = self
      let lists = threads.map(users.count, blockSize: 16) { index in
        current.list(of: candidates[index], count: Self.countedLength, ratings: ratings[index])
      }
      let share = 1 / Double(round + 1)
      for movie in counts.indices { counts[movie] *= 1 - share }
      for list in lists { for entry in list { counts[Int(entry.movie)] += share } }
    }
  }

  private static func sample(of training: TrainingSet, seed: UInt64) -> [Int] {
    let users = (0..<training.userCount).filter { training.byUser.count(ofRow: $0) > 0 }
    guard users.count > mostCounted else { return users }
    return users.map { (user: $0, key: CounterRandom.mix(seed ^ UInt64($0))) }
      .sorted { ($0.key, $0.user) < ($1.key, $1.user) }.prefix(mostCounted).map(\.user).sorted()
  }

  private static func genres(of movies: [Movie]) -> SparseRows {
    let names = Set(movies.lazy.flatMap(\.genres)).sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    var (offsets, columns, values) = ([0], [Int32](), [Float]())
    for movie in movies {
      let own = Set(movie.genres.compactMap { places[$0] }).sorted()
      columns += own
      values += own.map { _ in 1 / Float(own.count) }
      offsets.append(columns.count)
    }
    return SparseRows(offsets: offsets, columns: columns, values: values, columnCount: names.count)
  }

  private static func bands(_ counts: [Int]) -> [UInt8] {
    let total = max(1, counts.reduce(0, +))
    var (bands, sum) = ([UInt8](repeating: 0, count: counts.count), 0)
    for movie in counts.indices.sorted(by: { (counts[$1], $0) < (counts[$0], $1) }) {
      sum += counts[movie]
      bands[movie] = UInt8(min(bandCount - 1, sum * bandCount / total))
    }
    return bands
  }

  /// The best `count` of `candidates`, in the order in which they were taken.
  ///
  /// - Parameters:
  ///   - candidates: best first.
  ///   - ratings: the user's.
  /// - Complexity: O(count x candidates x (genres + bands)).
  func list(of candidates: [ScoredMovie], count: Int, ratings: [MovieRating]) -> [ScoredMovie] {
    let candidates = candidates.filter { $0.score > -.infinity }
    guard let first = candidates.first, let last = candidates.last, candidates.count > 1 else { return candidates }
    let width = max(first.score - last.score, .leastNormalMagnitude)
    let liked = LikedRatings(ratings.map(\.value), scale: scale)
    let likes = ratings.filter { liked.isLiked($0.value) }.map { Int($0.movie) }
    var wanted = (genres: Mix(count: genres.columnCount), fame: Mix(count: Self.bandCount))
    for movie in likes { add(movie, to: &wanted) }
    var listed = (genres: Mix(count: genres.columnCount), fame: Mix(count: Self.bandCount))
    var values = candidates.map { ($0.score - last.score) / width - weights.repetition * commonness[Int($0.movie)] }
    var list: [ScoredMovie] = []
    while list.count < min(count, candidates.count) {
      var best = (place: -1, value: -Float.infinity)
      for place in candidates.indices where values[place] > best.value {
        var with = listed
        add(Int(candidates[place].movie), to: &with)
        let length = Float(list.count + 1)
        let value =
          values[place] - length
          * (weights.genres * wanted.genres.divergence(from: with.genres, smoothing: Self.smoothing)
            + weights.fame * wanted.fame.divergence(from: with.fame, smoothing: Self.smoothing))
        if value > best.value { best = (place, value) }
      }
      guard best.place >= 0 else { break }
      values[best.place] = -.infinity
      list.append(candidates[best.place])
      add(Int(candidates[best.place].movie), to: &listed)
    }
    return list
  }

  private func add(_ movie: Int, to mix: inout (genres: Mix, fame: Mix)) {
    for position in genres.range(ofRow: movie) {
      mix.genres.add(genres.values[position], at: Int(genres.columns[position]))
    }
    mix.fame.add(1, at: Int(bands[movie]))
  }
}

/// Parts of a whole.
private struct Mix {
  var parts: [Float]
  var total: Float = 0

  init(count: Int) { parts = [Float](repeating: 0, count: count) }

  mutating func add(_ value: Float, at place: Int) {
    parts[place] += value
    total += value
  }

  /// KL(self ‖ other), other mixed with a hair of self so that it stays finite; 0 where either is empty.
  func divergence(from other: Mix, smoothing: Float) -> Float {
    guard total > 0, other.total > 0 else { return 0 }
    var sum = 0.0
    for (own, others) in zip(parts, other.parts) where own > 0 {
      let share = own / total
      sum += Double(share) * logarithm(Double(share / ((1 - smoothing) * others / other.total + smoothing * share)))
    }
    return Float(sum)
  }
}
