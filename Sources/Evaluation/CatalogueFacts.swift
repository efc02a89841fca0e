public import Ratings

/// What the training part says about movies, for judging lists: how known each is, and how alike two are.
public struct CatalogueFacts: Sendable {
  /// Ratings of each movie.
  let counts: [Int]
  let userCount: Int
  /// Whether a movie is among the tenth of the catalogue (rounded up) with most ratings; of equally many the lower
  /// index is in.
  let isPopular: [Bool]
  /// One bit for each genre of a movie; nil where the data names no genres.
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

  /// The cosine of the movies' sets of genres, |A ∩ B| / √(|A| |B|); where the data names no genres, of their sets of
  /// raters. 0 if a set is empty.
  ///
  /// - Complexity: O(1) with genres, otherwise O(ratings of the two).
  public func similarity(_ first: Int, _ second: Int) -> Double {
    let (common, a, b) =
      if let genres {
        (
          (genres[first] & genres[second]).nonzeroBitCount, genres[first].nonzeroBitCount,
          genres[second].nonzeroBitCount
        )
      } else {
        (commonRaters(first, second), counts[first], counts[second])
      }
    return a == 0 || b == 0 ? 0 : Double(common) / (Double(a) * Double(b)).squareRoot()
  }

  private func commonRaters(_ first: Int, _ second: Int) -> Int {
    let (a, b) = (byMovie.range(ofRow: first), byMovie.range(ofRow: second))
    var (i, j) = (a.lowerBound, b.lowerBound)
    var common = 0
    while i < a.upperBound, j < b.upperBound {
      let (left, right) = (byMovie.columns[i], byMovie.columns[j])
      if left == right { common += 1 }
      if left <= right { i += 1 }
      if right <= left { j += 1 }
    }
    return common
  }
}

/// What lists are like, whether or not they are right. Means are over lists that hold something; none give zeros.
public struct ListCharacter: Sendable, Equatable {
  /// Mean self-information −log₂(ratings / users) of the movies, in bits (Castells, Hurley, Vargas 2015): how far from
  /// what everybody knows anyway.
  public let novelty: Double
  /// 1 − the mean cosine of the pairs of movies on a list (Ziegler et al. 2005, turned round); over lists of two or more.
  public let diversity: Double
  /// Share of the movies that are among the tenth of the catalogue with most ratings.
  public let popularShare: Double

  /// - Complexity: O(lists x k²).
  public init(lists: [[Int32]], k: Int, facts: CatalogueFacts) {
    var sums = (novelty: 0.0, diversity: 0.0, popular: 0.0)
    var count = 0
    var pairedCount = 0
    for list in lists where !list.isEmpty {
      let list = list.prefix(max(1, k)).map { Int($0) }
      count += 1
      sums.novelty += list.reduce(0) { $0 + facts.surprise(of: $1) } / Double(list.count)
      sums.popular += Double(list.count { facts.isPopular[$0] }) / Double(list.count)
      guard list.count > 1 else { continue }
      var likeness = 0.0
      for first in list.indices {
        for second in first + 1..<list.count { likeness += facts.similarity(list[first], list[second]) }
      }
      pairedCount += 1
      sums.diversity += 1 - likeness / Double(list.count * (list.count - 1) / 2)
    }
    novelty = count == 0 ? 0 : sums.novelty / Double(count)
    popularShare = count == 0 ? 0 : sums.popular / Double(count)
    diversity = pairedCount == 0 ? 0 : sums.diversity / Double(pairedCount)
  }
}
