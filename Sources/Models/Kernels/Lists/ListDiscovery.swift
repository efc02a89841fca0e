public import LinearAlgebra
public import Ratings

/// A step behind any list model that lets more of the catalogue be found: it puts the best candidates of someone's list in
/// another order.
///
/// Film by film it takes the candidate with the highest
///
///     v − γ d(n) log(1 + 6000 r) − n (g KL(p ‖ q) + f KL(p' ‖ q'))
///
/// v is the model's score, from 0 for the last candidate to 1 for the first; r the part of all users on whose list the film
/// is; p the mix of genres among the user's likes and q that of the n films on the list with this one (calibration,
/// Steck 2018); p' and q' the same for how known films are, in five bands of as many ratings each (Abdollahpouri et al. 2021).
/// d(n) = min(n, 10)² / 38.5, whose mean over ten films is 1: the first films of a list, which count most, stay more often than the
/// last, and a film is found there as well.
///
/// What the weights are to each other was chosen on MovieLens 100k and latest-small, and 6000 there on other splits than those of
/// the published figures; how strong they are is chosen for each model on held-out ratings (`DiscoveryCurve`);
/// `marquee evaluate --discovery` measures lists with and without.
public struct ListDiscovery: Sendable {
  /// How strong the step is.
  public struct Weights: Sendable, Equatable {
    /// γ, g and f.
    public var repetition: Float
    /// g.
    public var genres: Float
    /// f.
    public var fame: Float

    /// Weights from 0 on; the defaults are those of strength 1.
    public init(repetition: Float = 0.11, genres: Float = 0.01, fame: Float = 0.02) {
      self.repetition = repetition
      self.genres = genres
      self.fame = fame
    }

    func scaled(by part: Float) -> Weights {
      Weights(repetition: part * repetition, genres: part * genres, fame: part * fame)
    }

    /// The default weights, all of them stronger or weaker.
    public init(strength: Float) {
      self = Weights().scaled(by: strength)
    }
  }

  /// How many of a model's best movies are candidates for a list of `count`: as many for all usual lists, so that the first ten
  /// are those that were measured, however long the list.
  package static func candidateCount(for count: Int) -> Int { max(200, 2 * count) }

  private static let bandCount = 5
  private static let smoothing: Float = 0.01
  private static let commonPart = 6000.0
  package static let mostCounted = 20_000
  private static let countedLength = 10
  /// How many times as many films are to be found, and how often weights are corrected for that.
  private static let sufficientCoverage = 2.1...2.15
  private static let corrections = 3
  /// Passes over all lists until they and the commonness of films agree, from nothing and from the commonness at another strength.
  private static let rounds = (first: 10, next: 4)

  /// How strong the step is.
  public let weights: Weights
  /// log(1 + 6000 r) of each movie.
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

  /// The candidates of a sample of users: the best movies of a model for each, and the user's ratings.
  package struct Candidates: Sendable {
    let lists: [[ScoredMovie]]
    let ratings: [[MovieRating]]

    /// - Complexity: the lists of at most `most` users.
    package init(
      _ model: some Recommender, training: TrainingSet, most: Int = mostCounted, seed: UInt64, threads: ThreadCount
    ) {
      let users = ListDiscovery.sample(of: training, most: most, seed: seed)
      let ratings = users.map { training.ratings(ofUser: $0) }
      lists = TopMovies(count: candidateCount(for: countedLength))
        .lists(by: model, userCount: users.count, threads: threads) { index in
          model.profile(ofUser: users[index], ratings: ratings[index])
        }
      self.ratings = ratings
    }
  }

  /// How common films are on the lists of `model`, this step behind it.
  ///
  /// - Parameter weights: the strongest; weaker ones are taken where twice as many films are found with them, as held-out ratings
  ///   tell that less exactly than the lists themselves.
  /// - Complexity: the lists of at most 20,000 users, and some twenty orders of each.
  public init(
    _ model: some Recommender, training: TrainingSet, weights: Weights = Weights(), seed: UInt64, threads: ThreadCount
  ) {
    let candidates = Candidates(model, training: training, seed: seed, threads: threads)
    self.init(candidates, training: training, weights: weights, threads: threads)
    let plain = Set(candidates.lists.lazy.flatMap { $0.prefix(Self.countedLength) }.map(\.movie)).count
    for _ in 0..<Self.corrections {
      let ratio = Double(found(candidates, threads: threads)) / Double(max(1, plain))
      guard ratio > Self.sufficientCoverage.upperBound else { return }
      // Coverage rises ever less with strength, so this is not too little.
      let part = Float((Self.sufficientCoverage.lowerBound - 1) / (ratio - 1))
      self.init(
        candidates, training: training, weights: self.weights.scaled(by: part), after: self, threads: threads)
    }
  }

  /// How many films are on the lists of the users.
  private func found(_ candidates: Candidates, threads: ThreadCount) -> Int {
    Set(orders(of: candidates, threads: threads).joined().map(\.movie)).count
  }

  private func orders(of candidates: Candidates, threads: ThreadCount) -> [[ScoredMovie]] {
    threads.map(candidates.lists.count, blockSize: 16) { index in
      list(of: candidates.lists[index], count: Self.countedLength, ratings: candidates.ratings[index])
    }
  }

  /// - Parameter other: the step at another strength for the same candidates, to begin from.
  package init(
    _ candidates: Candidates, training: TrainingSet, weights: Weights, after other: ListDiscovery? = nil,
    threads: ThreadCount
  ) {
    self.init(
      commonness: other?.commonness ?? [Float](repeating: 0, count: training.movieCount), movies: training.movies,
      ratingCounts: (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }, scale: training.scale,
      weights: weights)
    let userCount = candidates.lists.count
    var parts = commonness.map { (exponential(Double($0)) - 1) / Self.commonPart }
    if other == nil {
      for list in candidates.lists { for entry in list.prefix(Self.countedLength) { parts[Int(entry.movie)] += 1 } }
      parts = parts.map { $0 / Double(max(1, userCount)) }
    }
    // Lists as they come push down what everybody gets, and the next ones something else: their mean settles.
    let rounds = other == nil ? Self.rounds.first : Self.rounds.next
    for round in 1...rounds {
      commonness = parts.map { Float(logarithm(1 + Self.commonPart * $0)) }
      guard round < rounds else { break }
      let lists = orders(of: candidates, threads: threads)
      let share = 1 / Double(round + 1)
      for movie in parts.indices { parts[movie] *= 1 - share }
      let each = share / Double(max(1, userCount))
      for list in lists { for entry in list { parts[Int(entry.movie)] += each } }
    }
  }

  private static func sample(of training: TrainingSet, most: Int, seed: UInt64) -> [Int] {
    let users = (0..<training.userCount).filter { training.byUser.count(ofRow: $0) > 0 }
    guard users.count > most else { return users }
    return users.map { (user: $0, key: CounterRandom.mix(seed ^ UInt64($0))) }
      .sorted { ($0.key, $0.user) < ($1.key, $1.user) }.prefix(most).map(\.user).sorted()
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
  package func list(of candidates: [ScoredMovie], count: Int, ratings: [MovieRating]) -> [ScoredMovie] {
    let candidates = candidates.filter { $0.score > -.infinity }
    guard let first = candidates.first, let last = candidates.last, candidates.count > 1 else { return candidates }
    let width = max(first.score - last.score, .leastNormalMagnitude)
    let liked = LikedRatings(ratings.map(\.value), scale: scale)
    let likes = ratings.filter { liked.isLiked($0.value) }.map { Int($0.movie) }
    var (wantedGenres, wantedFame) = (
      [Float](repeating: 0, count: genres.columnCount), [Float](repeating: 0, count: Self.bandCount)
    )
    for movie in likes { add(movie, genres: &wantedGenres, fame: &wantedFame) }
    var genreMix = GrowingMix(wanted: wantedGenres, smoothing: Self.smoothing)
    var fameMix = GrowingMix(wanted: wantedFame, smoothing: Self.smoothing)
    var scores = candidates.map { ($0.score - last.score) / width }
    let common = candidates.map { weights.repetition * commonness[Int($0.movie)] }
    var list: [ScoredMovie] = []
    while list.count < min(count, candidates.count) {
      var best = (place: -1, value: -Float.infinity)
      let length = Float(list.count + 1)
      let push = Self.push(at: list.count + 1)
      let fame = (0..<Self.bandCount).map { fameMix.divergence(adding: [$0], each: 1) }
      let withoutGenre = genreMix.divergence
      for place in candidates.indices where scores[place] - push * common[place] > best.value {
        let movie = Int(candidates[place].movie)
        let range = genres.range(ofRow: movie)
        let genre =
          range.isEmpty
          ? withoutGenre
          : genreMix.divergence(
            adding: genres.columns[range].lazy.map { Int($0) }, each: genres.values[range.lowerBound])
        let value =
          scores[place] - push * common[place] - length
          * (weights.genres * Float(genre) + weights.fame * Float(fame[Int(bands[movie])]))
        if value > best.value { best = (place, value) }
      }
      guard best.place >= 0 else { break }
      scores[best.place] = -.infinity
      list.append(candidates[best.place])
      let movie = Int(candidates[best.place].movie)
      let range = genres.range(ofRow: movie)
      if !range.isEmpty {
        genreMix.add(genres.columns[range].lazy.map { Int($0) }, each: genres.values[range.lowerBound])
      }
      fameMix.add([Int(bands[movie])], each: 1)
    }
    return list
  }

  /// d(n).
  private static func push(at length: Int) -> Float {
    let place = min(length, countedLength)
    return Float(6 * place * place) / Float((countedLength + 1) * (2 * countedLength + 1))
  }

  private func add(_ movie: Int, genres mix: inout [Float], fame: inout [Float]) {
    for position in genres.range(ofRow: movie) { mix[Int(genres.columns[position])] += genres.values[position] }
    fame[Int(bands[movie])] += 1
  }
}
