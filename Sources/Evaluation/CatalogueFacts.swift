public import Ratings

/// Facts about movies in the training set, for judging lists: the popularity of each, and the similarity of two.
public struct CatalogueFacts: Sendable {
  /// Ratings of each movie.
  let counts: [Int]
  let userCount: Int
  /// Whether a movie is among the tenth of the catalogue (rounded up) with most ratings; of movies with equally many, the lower
  /// index counts.
  let isPopular: [Bool]
  /// One bit for each genre of a movie; nil if the data have no genres.
  private let genres: [UInt64]?
  private let byMovie: SparseRows

  /// - Complexity: O(movies log movies + genres).
  public init(_ training: TrainingSet) {
    byMovie = training.byMovie
    userCount = training.userCount
    let counts = (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }
    self.counts = counts
    var isPopular = [Bool](repeating: false, count: counts.count)
    let order = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
    for movie in order.prefix((counts.count + 9) / 10) { isPopular[movie] = true }
    self.isPopular = isPopular
    var bits: [String: UInt64] = [:]
    let genres = training.movies.map { movie in
      movie.genres.reduce(into: UInt64(0)) { mask, genre in
        let bit = bits[genre] ?? (1 << UInt64(min(bits.count, 63)))
        bits[genre] = bit
        mask |= bit
      }
    }
    self.genres = bits.isEmpty ? nil : genres
  }

  /// Self-information of a movie: −log₂(ratings / users), where a movie without ratings counts as having one. 0 for a
  /// movie that everybody rated.
  public func surprise(of movie: Int) -> Double {
    guard userCount > 0 else { return 0 }
    return max(0, -binaryLogarithm(Double(max(1, counts[movie])) / Double(userCount)))
  }

  /// The similarity of pairs of `movies`: the cosine of their sets of genres, |A ∩ B| / √(|A| |B|); if the data have no
  /// genres, of their sets of raters among every n-th user, 32,768 at most. 0 if a set is empty.
  ///
  /// - Complexity: O(ratings of `movies`); a pair then takes O(1) with genres, otherwise O(users / 64). Memory: as many
  ///   bits for each of `movies`.
  public func similarity(among movies: Set<Int>) -> SetSimilarity {
    if let genres {
      return SetSimilarity(places: nil, bits: genres, wordCount: 1, sizes: genres.map(\.nonzeroBitCount))
    }
    let step = max(1, (userCount + Self.mostRaters - 1) / Self.mostRaters)
    let wordCount = max(1, (userCount / step + 64) / 64)
    var bits = [UInt64](repeating: 0, count: movies.count * wordCount)
    var places: [Int: Int] = [:]
    var sizes: [Int] = []
    for movie in movies.sorted() {
      let start = places.count * wordCount
      places[movie] = places.count
      for user in byMovie.columns[byMovie.range(ofRow: movie)] where Int(user) % step == 0 {
        let place = Int(user) / step
        bits[start + place / 64] |= 1 << UInt64(place % 64)
      }
      sizes.append(bits[start..<start + wordCount].reduce(0) { $0 + $1.nonzeroBitCount })
    }
    return SetSimilarity(places: places, bits: bits, wordCount: wordCount, sizes: sizes)
  }

  private static let mostRaters = 32_768

  /// Sets as bit vectors, one for each movie.
  public struct SetSimilarity {
    /// The set of each movie; nil if they are in the order of all movies.
    let places: [Int: Int]?
    let bits: [UInt64]
    let wordCount: Int
    let sizes: [Int]

    /// From 0 to 1. Both must be among the movies that this was created for.
    public func callAsFunction(_ first: Int, _ second: Int) -> Double {
      let (a, b) = (place(of: first), place(of: second))
      guard sizes[a] > 0, sizes[b] > 0 else { return 0 }
      var common = 0
      for word in 0..<wordCount { common += (bits[a * wordCount + word] & bits[b * wordCount + word]).nonzeroBitCount }
      return Double(common) / (Double(sizes[a]) * Double(sizes[b])).squareRoot()
    }

    private func place(of movie: Int) -> Int {
      guard let places else { return movie }
      guard let place = places[movie] else { preconditionFailure("movie \(movie) is not among those asked for") }
      return place
    }
  }
}

/// Properties of lists other than accuracy. Means are over non-empty lists; 0 if there are none.
public struct ListCharacter: Sendable, Equatable {
  /// Mean self-information −log₂(ratings / users) of the movies, in bits (Castells, Hurley, Vargas 2015): how far from
  /// away from what is popular anyway.
  public let novelty: Double
  /// 1 − the mean cosine of the pairs of movies on a list (Ziegler et al. 2005, as diversity); over lists of two or more.
  public let diversity: Double
  /// Share of the listed movies that are among the most popular tenth of the catalogue.
  public let popularShare: Double

  /// - Complexity: O(lists x k² + ratings of the movies on them), times 512 at most if the data have no genres.
  public init(lists: [[Int32]], k: Int, facts: CatalogueFacts) {
    let similarityOf = facts.similarity(among: Set(lists.joined().map { Int($0) }))
    var sums = (novelty: 0.0, diversity: 0.0, popular: 0.0)
    var count = 0
    var pairedCount = 0
    for list in lists where !list.isEmpty {
      let list = list.prefix(max(1, k)).map { Int($0) }
      count += 1
      sums.novelty += list.reduce(0) { $0 + facts.surprise(of: $1) } / Double(list.count)
      sums.popular += Double(list.count { facts.isPopular[$0] }) / Double(list.count)
      guard list.count > 1 else { continue }
      var similarity = 0.0
      for first in list.indices {
        for second in first + 1..<list.count { similarity += similarityOf(list[first], list[second]) }
      }
      pairedCount += 1
      sums.diversity += 1 - similarity / Double(list.count * (list.count - 1) / 2)
    }
    novelty = count == 0 ? 0 : sums.novelty / Double(count)
    popularShare = count == 0 ? 0 : sums.popular / Double(count)
    diversity = pairedCount == 0 ? 0 : sums.diversity / Double(pairedCount)
  }
}
