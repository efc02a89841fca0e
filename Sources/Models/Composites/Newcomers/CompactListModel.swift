import Ratings

/// A compact list model that ranks films for new users, identically in the program and in a browser.
///
/// With S the films that the user rated positively (`ListSignal`'s rule), n their number, w_j 1 for those that they liked
/// (`LikedRatings`) and 0.6 for the others, and x the fold-in of S into factors y of an iALS model, film *i* scores
///
///     Σ_{j ∈ S} w_j b_ji + β y_i'x + γ max_g z_g + p log(1 + ratings of i) / √n,   x = (α Y'Y + Σ_{j ∈ S} y_j y_j' + (μ + λ n) I)⁻¹ Σ_{j ∈ S} w_j y_j
///
/// for the links b_ji of `NeighbourRegression`. z_g is by how many standard deviations, beyond one, S holds more films of a genre
/// *g* of *i* than everybody's likes do: zero for most people, and large for someone who rated seven horror films and nothing else. Sums are in double precision and in a fixed order, so that `scripts/taste.js`
/// gets the same bits. `CompactListModel+Bytes` has the format.
public struct CompactListModel: Sendable {
  /// The most links to a film, for the number of films with a few ratings or more, as others keep few: more in small
  /// catalogues, which takes no more bytes.
  package static func neighbourCount(films: Int) -> Int {
    min(120, max(40, 200_000 / max(1, films)))
  }

  /// The number of factors, in whole lanes.
  static func factorCount(films: Int) -> Int { min(32, max(16, 80_000 / max(1, films) / 8 * 8)) }

  /// The model as it is stored and sent to browsers.
  public let bytes: [UInt8]
  /// m: the films that have links and factors, the most rated first.
  public let filmCount: Int
  let factorCount: Int
  /// The rule on likes: `ListSignal` in doubles.
  let threshold: Double
  let floor: Double
  let usualLike: Double
  let gap: Double
  /// The rating from which everybody likes a film.
  let high: Double
  /// p and β.
  let mixture: Mixture
  /// γ.
  let genreWeight: Double
  /// The part of all likes that each genre has.
  let genreShares: [Double]
  /// A bit for each genre of each film, and of the films behind them that too few people rated for more.
  let genres: [UInt32]
  /// μ and λ.
  let ridge: (base: Double, each: Double)
  /// α Y'Y.
  let gram: [Double]
  let steps: [Double]
  /// Films x factors, in `steps`.
  let factors: [Int8]
  /// log(1 + ratings) of each film.
  let popularity: [Double]
  /// Films x the films that speak for them, rising, with b_ji.
  let offsets: [Int]
  let neighbours: [Int32]
  let weights: [Double]
  /// `factors` and links the other way round, for the scores of all films.
  let columns: Columns

  static let damping = 5.0
  /// The weight of a film rated below the user's average. On held-out users of MovieLens latest-small and 100k
  /// lists then contain more of what they liked, and as much of what they rated.
  static let moderateWeight = 0.6
  /// As many genres as there are bits.
  static let mostGenres = 32
}

/// The profile of a new user in a compact list model.
public struct CompactTaste: Sendable {
  /// S: films, rising.
  public let films: [Int]
  /// For each of `films` whether the newcomer liked it.
  public let isLiked: [Bool]
  /// w of every film of the model; 0 outside S.
  let weights: [Double]
  /// For each genre z, and the sum of the weights of films of it.
  let genres: [(excess: Double, weight: Double)]
  /// x.
  let solution: [Double]
  /// The Cholesky factor of the matrix that `solution` solves.
  let lower: [Double]
}

extension CompactListModel {
  /// - Parameter ratings: film (indices from `filmCount` on are ignored) and stars, each film once.
  /// - Complexity: O(likes x factors² + factors³).
  public func foldIn(_ ratings: [(film: Int, stars: Double)]) -> CompactTaste {
    let stars = ratings.map(\.stars)
    let (lowest, liked) = (lowestLike(stars), LikedRatings(stars, high: high))
    let known = ratings.filter { $0.film < filmCount && $0.stars >= lowest }.sorted { $0.film < $1.film }
    var weights = [Double](repeating: 0, count: filmCount)
    for (film, stars) in known { weights[film] = liked.isLiked(stars) ? 1 : Self.moderateWeight }
    let k = factorCount
    var lower = gram
    var solution = [Double](repeating: 0, count: k)
    for i in 0..<k { lower[i * k + i] += ridge.base + ridge.each * Double(known.count) }
    for (film, _) in known {
      let row = (0..<k).map { Double(factors[film * k + $0]) * steps[$0] }
      for i in 0..<k {
        for j in 0..<k { lower[i * k + j] += row[i] * row[j] }
        solution[i] += weights[film] * row[i]
      }
    }
    SmallSystem.factorize(&lower, count: k)
    SmallSystem.solve(lower, &solution)
    return CompactTaste(
      films: known.map(\.film), isLiked: known.map { liked.isLiked($0.stars) }, weights: weights,
      genres: excesses(known.map(\.film), weights: weights), solution: solution, lower: lower)
  }

  private func excesses(_ films: [Int], weights: [Double]) -> [(excess: Double, weight: Double)] {
    let total = films.reduce(0.0) { $0 + weights[$1] }
    return genreShares.enumerated().map { genre, share in
      let own = films.reduce(0.0) { (genres[$1] >> UInt32(genre)) & 1 == 1 ? $0 + weights[$1] : $0 }
      let deviations = (own - total * share) / (total * share * (1 - share) + 1).squareRoot()
      return (max(0, deviations - 1), own)
    }
  }

  /// The genre of a film that the user prefers most over others; nil if there is none.
  private func favouriteGenre(of film: Int, _ taste: CompactTaste) -> Int? {
    var best: Int?
    for genre in genreShares.indices where (genres[film] >> UInt32(genre)) & 1 == 1 {
      let excess = taste.genres[genre].excess
      if excess > 0, best.map({ taste.genres[$0].excess < excess }) ?? true { best = genre }
    }
    return best
  }

  /// The score from genres of a film unknown to the model otherwise: 0 for most people.
  public func genreScore(of film: Int, _ taste: CompactTaste) -> Double {
    guard film < genres.count else { return 0 }
    return favouriteGenre(of: film, taste).map { genreWeight * taste.genres[$0].excess } ?? 0
  }

  /// `genreScore` of every film of the model.
  func genreScores(_ taste: CompactTaste) -> [Double] {
    let preferred = taste.genres.indices.reduce(0 as UInt32) {
      taste.genres[$1].excess > 0 ? $0 | 1 << UInt32($1) : $0
    }
    return (0..<filmCount).map { genres[$0] & preferred == 0 ? 0 : genreScore(of: $0, taste) }
  }

  /// The lowest rating that counts as a like for a user with ratings `stars`.
  private func lowestLike(_ stars: [Double]) -> Double {
    guard gap > 0 else { return threshold }
    var (sum, count) = (0.0, 0.0)
    for value in stars where value >= threshold {
      sum += value
      count += 1
    }
    return min(threshold, max(floor, (sum + Self.damping * usualLike) / (count + Self.damping) - gap))
  }

  /// The parts of scores.
  struct Parts: Sendable {
    let links: [Double]
    let products: [Double]
    /// γ max z.
    let genres: [Double]
    /// log(1 + ratings) / √n.
    let popularity: [Double]

    @inline(__always)
    func score(of film: Int, _ mixture: Mixture) -> Double {
      taste(for: film, mixture) + Double(mixture.popularityWeight) * popularity[film]
    }

    /// The score without its constant part.
    @inline(__always)
    func taste(for film: Int, _ mixture: Mixture) -> Double {
      links[film] + Double(mixture.factorWeight) * products[film] + genres[film]
    }
  }

  /// The score of every film. Complexity: O(links + films x factors).
  public func scores(_ taste: CompactTaste) -> [Double] {
    let parts = parts(taste)
    return (0..<filmCount).map { parts.score(of: $0, mixture) }
  }

  /// The score of every film, without the constant part. Complexity: O(links + films x factors).
  public func tastes(_ taste: CompactTaste) -> [Double] {
    let parts = parts(taste)
    return (0..<filmCount).map { parts.taste(for: $0, mixture) }
  }

  /// The contribution of each of the profile's films to the score of `film`, in order: all of the score except the part that is the same for
  /// everyone.
  ///
  /// - Complexity: O(likes x factors + factors² + links of the film).
  public func contributions(to film: Int, _ taste: CompactTaste) -> [Double] {
    let k = factorCount
    let shared = genreContributions(to: film, taste)
    guard film < filmCount else { return shared }
    var direction = (0..<k).map { Double(factors[film * k + $0]) * steps[$0] }
    SmallSystem.solve(taste.lower, &direction)
    var links = offsets[film]..<offsets[film + 1]
    return zip(taste.films, shared).map { rated, shared in
      var product = 0.0
      for i in 0..<k { product += Double(factors[rated * k + i]) * steps[i] * direction[i] }
      // Both rise.
      while let link = links.first, neighbours[link] < rated { links.removeFirst() }
      let own = links.first.map { Int(neighbours[$0]) == rated ? weights[$0] : 0 } ?? 0
      return taste.weights[rated] * (own + Double(mixture.factorWeight) * product) + shared
    }
  }

  /// The contribution of each of the profile's films to `genreScore`.
  private func genreContributions(to film: Int, _ taste: CompactTaste) -> [Double] {
    let genre = film < genres.count ? favouriteGenre(of: film, taste) : nil
    return taste.films.map { rated in
      guard let genre, (genres[rated] >> UInt32(genre)) & 1 == 1 else { return 0 }
      return taste.weights[rated] * (genreWeight * taste.genres[genre].excess / taste.genres[genre].weight)
    }
  }
}
