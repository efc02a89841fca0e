// Unsafe: the accumulators of one user are scattered to through a pointer.

package import LinearAlgebra
import Models
package import Ratings

/// Finds the most similar users of each user.
///
/// Taste is a rating's residual over the `Baseline`, e_ui. The similarity of two users with n common movies is
///
///     Σ e_ui e_vi / (‖e_u‖ ‖e_v‖) · (n − 1) / (n − 1 + 20)
///
/// the sum over the common movies, the norms over all of a user's (Koren 2010), as in `UserNeighboursModel`.
///
/// All pairs are compared if that is little work. Otherwise a user's candidates are found through
/// the least popular of their movies, which say most about taste, within a budget; the best
/// candidates are then compared over all movies.
package struct SimilarUsers: Sendable {
  /// The number of similar users kept for each user.
  package static let count = 8
  /// The number of common movies at which a similarity counts half.
  private static let shrinkage: Float = 20
  /// The budget of ratings for all users together, and the minimum for each.
  private static let work = 1_500_000_000
  private static let leastWork = 10_000
  /// The number of candidates that are compared over all movies.
  private static let candidateCount = 64

  private let training: TrainingSet
  private let baseline: Baseline
  private let norms: [Float]
  /// For every rating in `byMovie`: the residual divided by its user's norm.
  private let directions: [Float]
  /// The budget of ratings for one user.
  private let budget: Int

  /// - Parameter budget: the budget of ratings for one user; nil for an even share.
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
      // The rounding errors of a perfect baseline are not a taste.
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

  /// The similar users of all users, best first.
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
    if isWhole {
      var best = TopK(Self.count)
      search.forEachCounted { other, count, product in
        guard other != user else { return }
        let value = similarity(count: Float(count), cosine: product / norms[user])
        if value > 0 { best.offer(Int32(other), value) }
      }
      return best.take().map { SimilarUser(user: $0.index, similarity: min(1, $0.score)) }
    }
    // For a candidate, the number of common movies in a sample says little.
    let candidates = search.strongest(Self.candidateCount, besides: user)
    var best = TopK(Self.count)
    let range = training.byUser.range(ofRow: user)
    load(user, in: search.lookup)
    for other in candidates {
      let (count, product) = search.lookup.common(with: Int(other), training, baseline)
      let value = similarity(count: count, product: product, norms[user], norms[Int(other)])
      if value > 0 { best.offer(other, value) }
    }
    search.lookup.clear(training.byUser.columns[range])
    return best.take().map { SimilarUser(user: $0.index, similarity: min(1, $0.score)) }
  }

  private func load(_ user: Int, in lookup: borrowing ResidualLookup) {
    let range = training.byUser.range(ofRow: user)
    lookup.load(training.byUser.columns[range]) { index, movie in
      Self.residual(training.byUser.values[range.lowerBound + index], baseline, user, movie)
    }
  }

  /// The pairwise similarities within each row, in the order (0, 1), (0, 2), …, (1, 2), …: 255 is the same.
  ///
  /// - Complexity: O(people² x ratings of a user), for each row.
  package func among(_ people: Ragged<SimilarUser>, threads: ThreadCount) -> Ragged<UInt8> {
    let blockSize = min(512, max(8, people.rowCount / 64))
    let blocks = threads.map((people.rowCount + blockSize - 1) / blockSize) { block in
      var rows = Ragged<UInt8>()
      let lookup = ResidualLookup(movieCount: training.movieCount)
      for row in block * blockSize..<min(people.rowCount, (block + 1) * blockSize) {
        let group = people[row].map { Int($0.user) }
        var values: [UInt8] = []
        for (position, one) in group.enumerated().dropLast() {
          load(one, in: lookup)
          for other in group.dropFirst(position + 1) {
            let (count, product) = lookup.common(with: other, training, baseline)
            let value = similarity(count: count, product: product, norms[one], norms[other])
            values.append(UInt8((min(1, max(0, value)) * 255).rounded()))
          }
          lookup.clear(training.byUser.columns[training.byUser.range(ofRow: one)])
        }
        rows.appendRow(values)
      }
      return rows
    }
    return Ragged(joining: blocks)
  }

  /// The user's ratings used to find others, in the order of movies, and whether they are all.
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

/// The overlap of one user with all others: an accumulator for each, and the list of those in use.
private struct Search: ~Copyable {
  private let products: UnsafeMutablePointer<Float>
  private let counts: UnsafeMutablePointer<UInt32>
  /// The users found, in order; a user whose products cancel out may occur twice.
  private var touched: UnsafeMutablePointer<Int32>
  private var touchedCount = 0
  private var touchedCapacity: Int
  /// The results for each of `touched`.
  private var found: UnsafeMutablePointer<Float>
  let lookup: ResidualLookup

  init(userCount: Int, movieCount: Int) {
    lookup = ResidualLookup(movieCount: movieCount)
    products = .allocate(capacity: userCount)
    products.initialize(repeating: 0, count: userCount)
    counts = .allocate(capacity: userCount)
    counts.initialize(repeating: 0, count: userCount)
    touchedCapacity = 2 * userCount
    touched = .allocate(capacity: touchedCapacity)
    found = .allocate(capacity: touchedCapacity)
  }

  deinit {
    found.deallocate()
    products.deallocate()
    counts.deallocate()
    touched.deallocate()
  }

  /// Adds the residuals of all raters of a movie, times `own`.
  ///
  /// - Parameters:
  ///   - positions: the movie's range in `byMovie`.
  ///   - isCounted: whether common movies are counted.
  mutating func add(
    _ own: Float, of positions: Range<Int>, _ training: TrainingSet, _ directions: [Float], isCounted: Bool
  ) {
    if touchedCount + positions.count > touchedCapacity {
      touchedCapacity = 2 * (touchedCount + positions.count)
      let larger = UnsafeMutablePointer<Int32>.allocate(capacity: touchedCapacity)
      larger.update(from: touched, count: touchedCount)
      touched.deallocate()
      touched = larger
      found.deallocate()
      found = .allocate(capacity: touchedCapacity)
    }
    training.byMovie.columns.withUnsafeBufferPointer { users in
      directions.withUnsafeBufferPointer { directions in
        var found = touchedCount
        for position in positions {
          let user = Int(users[position])
          let before = products[user]
          // Branchless: a user who is not new is overwritten by the next.
          touched[found] = users[position]
          found += before == 0 ? 1 : 0
          products[user] = before + own * directions[position]
        }
        touchedCount = found
        if isCounted { for position in positions { counts[Int(users[position])] += 1 } }
      }
    }
  }

  /// Calls `body` with every user who has movies in common, and resets for the next user. For products that
  /// were counted.
  mutating func forEachCounted(_ body: (_ user: Int, _ count: UInt32, _ product: Float) -> Void) {
    for index in 0..<touchedCount {
      let user = Int(touched[index])
      let product = products[user]
      guard product != 0 else { continue }
      body(user, counts[user], product)
      products[user] = 0
    }
    for index in 0..<touchedCount { counts[Int(touched[index])] = 0 }
    touchedCount = 0
  }

  /// The users with the greatest positive products, best first, in order of discovery if equal; resets for the next user.
  /// For products that were not counted.
  mutating func strongest(_ count: Int, besides user: Int) -> [Int32] {
    products[user] = 0
    // Branchless: a user who occurs twice has nothing the second time.
    for index in 0..<touchedCount {
      let other = Int(touched[index])
      found[index] = products[other]
      products[other] = 0
    }
    var best = TopK(count)
    best.offer(UnsafeBufferPointer(start: found, count: touchedCount))
    touchedCount = 0
    return best.take().filter { $0.score > 0 }.map { touched[Int($0.index)] }
  }
}
