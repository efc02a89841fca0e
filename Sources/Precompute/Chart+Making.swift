import Ratings

extension Chart {
  /// The maximum length of a chart.
  static let length = 60

  /// All charts: overall, for each genre in alphabetical order, and for each decade, the latest first.
  ///
  /// - Complexity: O(movies log movies) for each order, and O(movies x genres of a movie).
  static func all(movies: [Movie], statistics: [RatingStatistics]) -> [Chart] {
    var scopes: [(scope: Scope, members: [Int32])] = [(.all, movies.indices.map { Int32($0) })]
    var byGenre: [String: [Int32]] = [:]
    var byDecade: [Int: [Int32]] = [:]
    for (index, movie) in movies.enumerated() {
      for genre in movie.genres { byGenre[genre, default: []].append(Int32(index)) }
      if let decade = movie.decade { byDecade[decade, default: []].append(Int32(index)) }
    }
    scopes += byGenre.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { (.genre($0.key), $0.value) }
    scopes += byDecade.sorted { $0.key > $1.key }.map { (.decade($0.key), $0.value) }
    let rankings = Rankings(movies: movies, statistics: statistics)
    let twins = Twins(movies)
    return scopes.flatMap { scope, members in
      [Order.popular, .highlyRated, .hiddenGems, .newest].map { order in
        Chart(
          order: order, scope: scope,
          movies: twins.first(length, of: rankings.best(of: members, in: order)) { $0 })
      }
    }
  }
}

/// The orders of charts.
private struct Rankings {
  let counts: [Int]
  let years: [Int]
  /// Mean rating with shrinkage: pseudo-counts as many as the median number of ratings per movie (at least five).
  let dampedMeans: [Double]
  /// A hidden gem has at least `gemCounts.lowerBound` and at most `gemCounts.upperBound` ratings.
  let gemCounts: ClosedRange<Int>
  let overallMean: Double

  init(movies: [Movie], statistics: [RatingStatistics]) {
    counts = statistics.map(\.count)
    years = movies.map { $0.year ?? 0 }
    let rated = counts.filter { $0 > 0 }.sorted()
    let total = rated.reduce(0, +)
    let mean =
      total == 0 ? 0 : statistics.reduce(0.0) { $0 + Double($1.mean) * Double($1.count) } / Double(total)
    overallMean = mean
    let median = rated.isEmpty ? 0 : rated[rated.count / 2]
    let damping = Double(max(5, median))
    dampedMeans = statistics.map {
      (Double($0.mean) * Double($0.count) + damping * mean) / (Double($0.count) + damping)
    }
    // Little known: from the shrinkage weight up to the 90th percentile of rating counts.
    let few = max(3, median)
    gemCounts = few...max(few, rated.isEmpty ? 0 : rated[rated.count * 9 / 10])
  }

  func best(of members: [Int32], in order: Chart.Order) -> [Int32] {
    let key: (Int) -> (Double, Double)? =
      switch order {
      case .popular: { counts[$0] > 0 ? (Double(counts[$0]), dampedMeans[$0]) : nil }
      case .highlyRated: { counts[$0] > 0 ? (dampedMeans[$0], Double(counts[$0])) : nil }
      case .hiddenGems:
        {
          let isGem = gemCounts.contains(counts[$0]) && dampedMeans[$0] > overallMean
          return isGem ? (dampedMeans[$0], -Double(counts[$0])) : nil
        }
      case .newest: { years[$0] > 0 ? (Double(years[$0]), Double(counts[$0])) : nil }
      }
    let ranked = members.compactMap { movie in key(Int(movie)).map { (movie: movie, key: $0) } }
    return ranked.sorted { ($1.key.0, $1.key.1, $0.movie) < ($0.key.0, $0.key.1, $1.movie) }.map(\.movie)
  }
}
