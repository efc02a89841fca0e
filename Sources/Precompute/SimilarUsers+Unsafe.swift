// Unsafe: the accumulators of one user are scattered to through a pointer.

package import LinearAlgebra
import Models
package import Ratings

/// Finds the users whose taste is most like each user's.
///
/// Taste is what a rating leaves over above the `Baseline`, e_ui. Two users with n common movies are alike by
///
///     Σ e_ui e_vi / (‖e_u‖ ‖e_v‖) · (n − 1) / (n − 1 + 20)
///
/// the sum over the common movies, the norms over all of a user's (Koren 2010), as in `UserNeighboursModel`.
///
/// Everybody is compared with everybody as long as that is little work. Beyond, a user's candidates are sought through
/// the least known of their movies, which tell most about taste, as far as their share of the work goes; the best
/// candidates are then compared over all movies.
package struct SimilarUsers: Sendable {
  /// How many are kept of each user.
  package static let count = 8
  /// Common movies at which a similarity counts half.
  private static let shrinkage: Float = 20
  /// Ratings that are looked at for all users together, and for each at least.
  private static let work = 1_500_000_000
  private static let leastWork = 10_000
  /// Candidates that are compared over all movies.
  private static let candidateCount = 64

  private let training: TrainingSet
  private let baseline: Baseline
  private let norms: [Float]
  /// Of every rating in `byMovie`: the residual over the norm of its user's.
  private let directions: [Float]
  /// How many ratings are looked at for one user.
  private let budget: Int

  /// - Parameter budget: how many ratings are looked at for one user; nil shares the work out evenly.
  package init(_ training: TrainingSet, threads: ThreadCount, budget: Int? = nil) {
    self.training = training
    self.budget = budget ?? max(Self.leastWork, Self.work / max(1, training.userCount))
    let baseline = Baseline(fitting: training, userDamping: 5, movieDamping: 2, passes: 30, threads: threads)
    self.baseline = baseline
    norms = threads.map(training.userCount, blockSize: 256) { user in
      let range = training.byUser.range(ofRow: user)
      let squares = range.reduce(0.0) { sum, position in
        let residual = Self.residual(
          training.byUser.values[position], baseline, user, training.byUser.columns[position])
        return sum + Double(residual * residual)
      }
      // Nothing but the rounding errors of a perfect baseline is no taste.
      return squares > 1e-6 * Double(range.count) ? Float(squares.squareRoot()) : 0
    }
    let norms = norms
    let count = training.byMovie.entryCount
    directions = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      let directions = SharedMutableBuffer(buffer)
      threads.forEachBlock(of: training.movieCount, blockSize: 64) { movies in
        for movie in movies {
          for position in training.byMovie.range(ofRow: movie) {
            let user = Int(training.byMovie.columns[position])
            let residual = Self.residual(training.byMovie.values[position], baseline, user, Int32(movie))
            directions.initialize(position, to: norms[user] > 0 ? residual / norms[user] : 0)
          }
        }
      }
      initialized = count
    }
  }

  /// Everybody's, best first.
  ///
  /// - Complexity: O(users x (budget + candidates x ratings of a user)), at most O(Σ over movies of ratings²).
  package func all(threads: ThreadCount) -> Ragged<SimilarUser> {
    let blockSize = min(512, max(8, training.userCount / 64))
    let blocks = threads.map((training.userCount + blockSize - 1) / blockSize) { block in
      var rows = Ragged<SimilarUser>()
      var search = Search(userCount: training.userCount, movieCount: training.movieCount)
      for user in block * blockSize..<min(training.userCount, (block + 1) * blockSize) {
        rows.appendRow(neighbours(of: user, &search))
      }
      return rows
    }
    return Ragged(joining: blocks)
  }

  private func neighbours(of user: Int, _ search: inout Search) -> [SimilarUser] {
    guard norms[user] > 0 else { return [] }
    let (positions, isWhole) = sample(user)
    for position in positions {
      let movie = training.byUser.columns[position]
      let own = Self.residual(training.byUser.values[position], baseline, user, movie)
      search.add(own, of: training.byMovie.range(ofRow: Int(movie)), training, directions, isCounted: isWhole)
    }
    var best = TopK(isWhole ? Self.count : Self.candidateCount)
    search.forEachFound(isCounted: isWhole) { other, count, product in
      guard other != user else { return }
      // Of a candidate it says little how many movies of a sample both know.
      let value = isWhole ? similarity(count: Float(count), cosine: product / norms[user]) : product
      if value > 0 { best.offer(Int32(other), value) }
    }
    var found = best.take()
    if !isWhole {
      var whole = TopK(Self.count)
      let range = training.byUser.range(ofRow: user)
      search.hold(training.byUser.columns[range]) { index, movie in
        Self.residual(training.byUser.values[range.lowerBound + index], baseline, user, movie)
      }
      for candidate in found {
        let other = Int(candidate.index)
        let (count, product) = search.common(with: other, training, baseline)
        let value = similarity(count: count, product: product, norms[user], norms[other])
        if value > 0 { whole.offer(candidate.index, value) }
      }
      search.letGo(of: training.byUser.columns[range])
      found = whole.take()
    }
    return found.map { SimilarUser(user: $0.index, similarity: min(1, $0.score)) }
  }

  /// The user's ratings through which others are found, in the order of the movies, and whether they are all.
  private func sample(_ user: Int) -> (positions: [Int], isWhole: Bool) {
    let range = training.byUser.range(ofRow: user)
    let raters = { (position: Int) in training.byMovie.count(ofRow: Int(training.byUser.columns[position])) }
    if range.reduce(0, { $0 + raters($1) }) <= budget { return (Array(range), true) }
    var left = budget
    var chosen: [Int] = []
    for position in range.sorted(by: { (raters($0), $0) < (raters($1), $1) }) {
      left -= raters(position)
      if left < 0, !chosen.isEmpty { break }
      chosen.append(position)
    }
    return (chosen.sorted(), false)
  }

  /// How alike two users are, over all movies that both rated. Complexity: O(ratings of both).
  package func similarity(_ a: Int, _ b: Int) -> Float {
    let byUser = training.byUser
    var (i, j) = (byUser.offsets[a], byUser.offsets[b])
    var (count, product): (Float, Float) = (0, 0)
    while i < byUser.offsets[a + 1], j < byUser.offsets[b + 1] {
      let (first, second) = (byUser.columns[i], byUser.columns[j])
      if first == second {
        count += 1
        product +=
          Self.residual(byUser.values[i], baseline, a, first) * Self.residual(byUser.values[j], baseline, b, second)
      }
      if first <= second { i += 1 }
      if second <= first { j += 1 }
    }
    return similarity(count: count, product: product, norms[a], norms[b])
  }

  private func similarity(count: Float, product: Float, _ a: Float, _ b: Float) -> Float {
    a > 0 && b > 0 ? similarity(count: count, cosine: product / (a * b)) : 0
  }

  private func similarity(count: Float, cosine: Float) -> Float {
    count > 1 ? min(1, cosine) * (count - 1) / (count - 1 + Self.shrinkage) : 0
  }

  private static func residual(_ value: Float, _ baseline: Baseline, _ user: Int, _ movie: Int32) -> Float {
    value - baseline.value(user: user, movie: Int(movie))
  }
}

/// What one user has in common with all others: an accumulator for each, and which of them are in use.
private struct Search: ~Copyable {
  private let products: UnsafeMutablePointer<Float>
  private let counts: UnsafeMutablePointer<UInt32>
  /// Those found, in the order in which they were; a user whose products cancel out may stand there twice.
  private var touched: UnsafeMutablePointer<Int32>
  private var touchedCount = 0
  private var touchedCapacity: Int
  /// One user's residual of each movie; not a number for the others.
  private let held: UnsafeMutablePointer<Float>

  init(userCount: Int, movieCount: Int) {
    held = .allocate(capacity: movieCount)
    held.initialize(repeating: .nan, count: movieCount)
    products = .allocate(capacity: userCount)
    products.initialize(repeating: 0, count: userCount)
    counts = .allocate(capacity: userCount)
    counts.initialize(repeating: 0, count: userCount)
    touchedCapacity = 2 * userCount
    touched = .allocate(capacity: touchedCapacity)
  }

  deinit {
    held.deallocate()
    products.deallocate()
    counts.deallocate()
    touched.deallocate()
  }

  /// Adds what everybody who rated a movie thinks of it, times `own`.
  ///
  /// - Parameters:
  ///   - positions: the movie's in `byMovie`.
  ///   - isCounted: whether it matters how many movies they have in common.
  mutating func add(
    _ own: Float, of positions: Range<Int>, _ training: TrainingSet, _ directions: [Float], isCounted: Bool
  ) {
    if touchedCount + positions.count > touchedCapacity {
      touchedCapacity = 2 * (touchedCount + positions.count)
      let larger = UnsafeMutablePointer<Int32>.allocate(capacity: touchedCapacity)
      larger.update(from: touched, count: touchedCount)
      touched.deallocate()
      touched = larger
    }
    training.byMovie.columns.withUnsafeBufferPointer { users in
      directions.withUnsafeBufferPointer { directions in
        var found = touchedCount
        for position in positions {
          let user = Int(users[position])
          let before = products[user]
          // No branch: whoever is not new is written over by the next.
          touched[found] = users[position]
          found += before == 0 ? 1 : 0
          products[user] = before + own * directions[position]
        }
        touchedCount = found
        if isCounted { for position in positions { counts[Int(users[position])] += 1 } }
      }
    }
  }

  /// Calls `body` with everybody who has something in common with the user, and is ready for the next one.
  ///
  /// - Parameter isCounted: as it was added; otherwise the counts are 0.
  mutating func forEachFound(
    isCounted: Bool, _ body: (_ user: Int, _ count: UInt32, _ product: Float) -> Void
  ) {
    for index in 0..<touchedCount {
      let user = Int(touched[index])
      let product = products[user]
      guard product != 0 else { continue }
      body(user, isCounted ? counts[user] : 0, product)
      products[user] = 0
    }
    if isCounted { for index in 0..<touchedCount { counts[Int(touched[index])] = 0 } }
    touchedCount = 0
  }

  /// Takes a user's residuals, to be compared with others.
  func hold(_ movies: ArraySlice<Int32>, residual: (_ index: Int, _ movie: Int32) -> Float) {
    for (index, movie) in movies.enumerated() { held[Int(movie)] = residual(index, movie) }
  }

  func letGo(of movies: ArraySlice<Int32>) {
    for movie in movies { held[Int(movie)] = .nan }
  }

  /// How many movies `other` has in common with who is held, and the sum of products. Complexity: O(ratings of `other`).
  func common(with other: Int, _ training: TrainingSet, _ baseline: Baseline) -> (count: Float, product: Float) {
    var (count, product): (Float, Float) = (0, 0)
    let (mean, bias) = (baseline.mean, baseline.userBiases[other])
    training.byUser.columns.withUnsafeBufferPointer { movies in
      training.byUser.values.withUnsafeBufferPointer { values in
        baseline.movieBiases.withUnsafeBufferPointer { biases in
          for position in training.byUser.range(ofRow: other) {
            let movie = Int(movies[position])
            let own = held[movie]
            guard !own.isNaN else { continue }
            count += 1
            product += own * (values[position] - (mean + bias + biases[movie]))
          }
        }
      }
    }
    return (count, product)
  }
}
