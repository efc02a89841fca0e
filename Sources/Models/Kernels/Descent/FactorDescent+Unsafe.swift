// Unsafe: steps update rows of factors behind pointers, blocks of the grid in parallel.

import LinearAlgebra
import Ratings

/// Users and movies of a biased factorization while stochastic gradient descent moves them.
///
/// Rows are laid out so that one product gives a prediction and one pair of multiply-adds is a step:
///
///     user:   p_0 … p_k−1 | bias | 1    | 0 …
///     movie:  q_0 … q_k−1 | 1    | bias | 0 …
struct FactorDescent: DescentState {
  let grid: RatingGrid
  let factorCount: Int
  let stride: Int
  let seed: UInt64
  let threads: ThreadCount
  var users: Matrix
  var movies: Matrix
  /// For each user and movie 1 / root of how many ratings it has: the pull of one step.
  let userFrequency: [Float]
  let movieFrequency: [Float]
  let regularization: Float
  let biasRegularization: Float

  init(_ byUser: SparseRows, settings: DescentSettings) {
    grid = RatingGrid(byUser, seed: settings.seed)
    factorCount = settings.factorCount
    stride = MovieFactors.stride(factorCount: factorCount)
    seed = settings.seed
    threads = settings.threads
    regularization = settings.regularization
    biasRegularization = settings.biasRegularization
    users = Self.startingRows(byUser.rowCount, factorCount: factorCount, onePlace: factorCount + 1)
    movies = Self.startingRows(byUser.columnCount, factorCount: factorCount, onePlace: factorCount)
    // Only one side starts at random: movies with the same ratings then stay alike.
    users.fillFactors(count: factorCount, spread: 0.3 / Double(factorCount).squareRoot(), seed: seed, stream: 13)
    userFrequency = (0..<byUser.rowCount).map { 1 / Float(max(1, byUser.count(ofRow: $0))).squareRoot() }
    var counts = [Int](repeating: 0, count: byUser.columnCount)
    for movie in byUser.columns { counts[Int(movie)] += 1 }
    movieFrequency = counts.map { 1 / Float(max(1, $0)).squareRoot() }
  }

  static func startingRows(_ count: Int, factorCount: Int, onePlace: Int) -> Matrix {
    var rows = Matrix(rows: count, columns: MovieFactors.stride(factorCount: factorCount))
    for row in 0..<count { rows[row, onePlace] = 1 }
    return rows
  }

  var ratingCount: Int { grid.values.count }

  var isSound: Bool { users.values.allSatisfy(\.isFinite) && movies.values.allSatisfy(\.isFinite) }

  func squaredError(on validation: SparseRows) -> Double {
    var sum = 0.0
    for user in 0..<validation.rowCount {
      for position in validation.range(ofRow: user) {
        let error = validation.values[position] - users.product(user, movies, Int(validation.columns[position]))
        sum += Double(error * error)
      }
    }
    return sum
  }

  mutating func runEpoch(_ epoch: Int, rate: Float) -> Double {
    let side = grid.side
    var diagonals = Array(0..<side)
    var random = CounterRandom(seed: seed, stream: 14, substream: UInt64(epoch))
    diagonals.shuffle(using: &random)
    var errors = [Double](repeating: 0, count: side * side)
    let step = StepRates(
      factorCount: factorCount, rate: rate, regularization: regularization, biasRegularization: biasRegularization)
    let (grid, threads) = (grid, threads)
    let (userFrequency, movieFrequency) = (userFrequency, movieFrequency)
    errors.withUnsafeMutableBufferPointer { errors in
      users.values.withUnsafeMutableBufferPointer { users in
        movies.values.withUnsafeMutableBufferPointer { movies in
          let (errors, users, movies) = (
            SharedMutableBuffer(errors), SharedMutableBuffer(users), SharedMutableBuffer(movies)
          )
          for diagonal in diagonals {
            threads.forEachBlock(of: side, blockSize: 1) { bands in
              for band in bands {
                let block = band * side + (band + diagonal) % side
                errors[block] = step.run(
                  grid.offsets[block]..<grid.offsets[block + 1], of: grid, users: users.base, movies: movies.base,
                  userFrequency: userFrequency, movieFrequency: movieFrequency)
              }
            }
          }
        }
      }
    }
    return errors.reduce(0, +)
  }
}

extension StepRates {
  /// Learns from the ratings of one block; the sum of squared errors met.
  fileprivate func run(
    _ range: Range<Int>, of grid: RatingGrid, users: UnsafeMutableBufferPointer<Float>,
    movies: UnsafeMutableBufferPointer<Float>, userFrequency: [Float], movieFrequency: [Float]
  ) -> Double {
    guard !range.isEmpty, let users = users.baseAddress, let movies = movies.baseAddress else { return 0 }
    return withPointers { rates in
      userFrequency.withUnsafeBufferPointer { userFrequency in
        movieFrequency.withUnsafeBufferPointer { movieFrequency in
          grid.withRatings(range) { ratings in
            DescentKernels.descend(
              ratings, users: users, movies: movies, stride: stride,
              userSteps: DescentKernels.Steps(
                rates: rates.user, pulls: rates.userPull, frequencies: userFrequency.baseAddress.unsafelyUnwrapped),
              movieSteps: DescentKernels.Steps(
                rates: rates.movie, pulls: rates.moviePull, frequencies: movieFrequency.baseAddress.unsafelyUnwrapped))
          }
        }
      }
    }
  }
}

extension RatingGrid {
  /// The ratings of a block as the kernel takes them.
  fileprivate func withRatings<Result>(_ range: Range<Int>, _ body: (DescentKernels.Ratings) -> Result) -> Result {
    users.withUnsafeBufferPointer { users in
      movies.withUnsafeBufferPointer { movies in
        values.withUnsafeBufferPointer { values in
          body(
            DescentKernels.Ratings(
              users: users.baseAddress.unsafelyUnwrapped + range.lowerBound,
              movies: movies.baseAddress.unsafelyUnwrapped + range.lowerBound,
              values: values.baseAddress.unsafelyUnwrapped + range.lowerBound, count: range.count))
        }
      }
    }
  }
}

extension Matrix {
  /// Row `row` times row `other` of a matrix of the same width.
  func product(_ row: Int, _ others: Matrix, _ other: Int) -> Float {
    values.withUnsafeBufferPointer { values in
      others.values.withUnsafeBufferPointer { others in
        guard let base = values.baseAddress, let otherBase = others.baseAddress else { return 0 }
        return FloatKernels.dot(base + row * columns, otherBase + other * columns, count: columns)
      }
    }
  }

  /// Puts normal numbers into the first `count` columns, each row drawn from a stream of its own.
  mutating func fillFactors(count: Int, spread: Double, seed: UInt64, stream: UInt64) {
    for row in 0..<rows {
      var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(row))
      for column in 0..<count { self[row, column] = Float(random.normalPair().0 * spread) }
    }
  }
}
