import LinearAlgebra
package import Ratings

/// A planar map of the most popular movies: near each other if the same people like them more than expected.
package struct TasteMap: Sendable, Equatable {
  /// The movies on the map, the most rated first.
  package var movies: [Int32]
  /// Horizontal and vertical, 0 to 1, for each of `movies`.
  package var x: [Float]
  package var y: [Float]

  package init(movies: [Int32] = [], x: [Float] = [], y: [Float] = []) {
    self.movies = movies
    self.x = x
    self.y = y
  }
}

extension TasteMap {
  /// The most movies on the map, and the fewest ratings of each.
  static let mostMovies = 1_200
  static let fewestRatings = 5
  /// More users than this add time, but no detail.
  static let mostUsers = 20_000
  private static let factorCount = 16
  private static let neighbourCount = 12

  /// Computes the positions of the movies.
  ///
  /// 1. Residuals of the ratings over the means of user and movie.
  /// 2. Sixteen factors of the movies: the leading eigenvectors of their correlations with shrinkage.
  /// 3. The first two factors, then a neighbour embedding as in UMAP (McInnes, Healy, Melville 2018) with Student's
  ///    kernel: movies are attracted to their twelve nearest in the factors and repelled from random others.
  ///
  /// - Complexity: O(Σ over users of their movies² + movies² x factors).
  package init(_ training: TrainingSet) {
    let known = (0..<training.movieCount).filter { training.byMovie.count(ofRow: $0) >= Self.fewestRatings }
      .sorted { (training.byMovie.count(ofRow: $1), $0) < (training.byMovie.count(ofRow: $0), $1) }
    let chosen = known.prefix(Self.mostMovies).map { Int32($0) }
    guard chosen.count > Self.neighbourCount else {
      self.init()
      return
    }
    let correlations = Self.correlations(training, of: chosen)
    let factors = Self.factors(of: correlations)
    let (x, y) = NeighbourEmbedding(factors, neighbourCount: Self.neighbourCount).positions
    self.init(movies: chosen, x: x, y: y)
  }

  /// Correlations with shrinkage of the residuals of `movies`, row-major.
  private static func correlations(_ training: TrainingSet, of movies: [Int32]) -> Matrix {
    var slots = [Int32](repeating: -1, count: training.movieCount)
    for (slot, movie) in movies.enumerated() { slots[Int(movie)] = Int32(slot) }
    let residuals = RatingResiduals(training)
    let count = movies.count
    var products = Matrix(rows: count, columns: count)
    let step = max(1, training.userCount / mostUsers)
    var rated: [(slot: Int, value: Float)] = []
    for user in stride(from: 0, to: training.userCount, by: step) {
      rated.removeAll(keepingCapacity: true)
      for entry in training.byUser.range(ofRow: user) {
        let slot = slots[Int(training.byUser.columns[entry])]
        if slot >= 0 { rated.append((Int(slot), residuals.value(ofEntry: entry, user: user))) }
      }
      // The upper triangle: slots are ascending along the row.
      rated.sort { $0.slot < $1.slot }
      for (place, one) in rated.enumerated() {
        let row = one.slot * count
        for other in rated[place...] { products.values[row + other.slot] += one.value * other.value }
      }
    }
    for row in 0..<count {
      for column in 0..<row { products[row, column] = products[column, row] }
    }
    let spreads = (0..<count).map { (products[$0, $0] + 5).squareRoot() }
    for row in 0..<count {
      for column in 0..<count { products[row, column] /= spreads[row] * spreads[column] }
      products[row, row] = 1
    }
    return products
  }

  /// The leading eigenvectors times the roots of their eigenvalues, one row for each movie, by subspace iteration.
  private static func factors(of matrix: Matrix) -> Matrix {
    let count = matrix.rows
    let width = min(factorCount, count)
    var random = CounterRandom(seed: 1)
    var vectors = Matrix(rows: count, columns: width)
    for index in vectors.values.indices { vectors.values[index] = Float(random.uniform() - 0.5) }
    var lengths = [Float](repeating: 0, count: width)
    for _ in 0..<20 {
      var next = matrix.times(vectors)
      lengths = next.orthonormalize()
      vectors = next
    }
    for row in 0..<count {
      for column in 0..<width { vectors[row, column] *= lengths[column].squareRoot() }
    }
    return vectors
  }
}

/// The residuals of the ratings over the means of users and movies.
struct RatingResiduals {
  private let training: TrainingSet
  private let userMeans: [Float]
  /// The mean residual of a movie over its raters' means, with shrinkage by five pseudo-counts.
  private let movieOffsets: [Float]

  init(_ training: TrainingSet) {
    self.training = training
    let users = training.byUser
    let means = (0..<training.userCount).map { user -> Float in
      let row = users.range(ofRow: user)
      return row.isEmpty ? 0 : users.values[row].reduce(0, +) / Float(row.count)
    }
    var sums = [Float](repeating: 0, count: training.movieCount)
    for user in 0..<training.userCount {
      for entry in users.range(ofRow: user) { sums[Int(users.columns[entry])] += users.values[entry] - means[user] }
    }
    userMeans = means
    movieOffsets = sums.enumerated().map { $1 / Float(training.byMovie.count(ofRow: $0) + 5) }
  }

  /// - Parameter entry: a position in `byUser`, in the row of `user`.
  func value(ofEntry entry: Int, user: Int) -> Float {
    training.byUser.values[entry] - userMeans[user] - movieOffsets[Int(training.byUser.columns[entry])]
  }
}

extension Matrix {
  /// Makes the columns orthonormal (Gram and Schmidt, twice) and returns their previous lengths.
  fileprivate mutating func orthonormalize() -> [Float] {
    var lengths: [Float] = []
    for column in 0..<columns {
      for _ in 0..<2 {
        for earlier in 0..<column {
          var product: Float = 0
          for row in 0..<rows { product += self[row, column] * self[row, earlier] }
          for row in 0..<rows { self[row, column] -= product * self[row, earlier] }
        }
      }
      var square: Float = 0
      for row in 0..<rows { square += self[row, column] * self[row, column] }
      let length = square.squareRoot()
      lengths.append(length)
      let scale = length > 1e-6 ? 1 / length : 0
      for row in 0..<rows { self[row, column] *= scale }
    }
    return lengths
  }
}
