// Unsafe: some 10^8 steps on rows of factors behind pointers.

import LinearAlgebra
import Ratings

extension PairwiseFit {
  /// The movies' and users' factors (padded to whole lanes) and the movies' biases.
  ///
  /// - Complexity: O(epochs x likes x factors x features of a movie), for WARP times the draws.
  func run(
    likes: SparseRows, features: MovieFeatures, seed: UInt64
  ) -> (movies: Matrix, users: Matrix, biases: [Float]) {
    let spread = 0.1 / Double(factorCount).squareRoot()
    let random = { (rows: Int, stream: UInt64) in
      Matrix.randomFactors(rows: rows, factorCount: factorCount, spread: spread, seed: seed, stream: stream)
    }
    let stride = ImplicitEquations.stride(factorCount: factorCount)
    var users = random(likes.rowCount, 1)
    var own = Matrix(rows: likes.columnCount, columns: stride)
    var shared = random(features.byMovie.columnCount, 3)
    // Movies differ by what is learnt of them; a spark on those with likes is enough to start from.
    let sparks = random(likes.columnCount, 2)
    var ownBiases = [Float](repeating: 0, count: likes.columnCount)
    var sharedBiases = [Float](repeating: 0, count: features.byMovie.columnCount)
    for movie in Set(likes.columns) {
      for factor in 0..<factorCount { own[Int(movie), factor] = sparks[Int(movie), factor] }
    }
    users.values.withUnsafeMutableBufferPointer { users in
      own.values.withUnsafeMutableBufferPointer { own in
        shared.values.withUnsafeMutableBufferPointer { shared in
          ownBiases.withUnsafeMutableBufferPointer { ownBiases in
            sharedBiases.withUnsafeMutableBufferPointer { sharedBiases in
              guard let users = users.baseAddress, let own = own.baseAddress else { return }
              var descent = PairwiseDescent(
                fit: self, likes: likes, features: features.byMovie, stride: stride, users: users, own: own,
                shared: shared.baseAddress, ownBiases: ownBiases, sharedBiases: sharedBiases)
              for epoch in 0..<epochs { descent.run(epoch: epoch, seed: seed) }
            }
          }
        }
      }
    }
    for movie in 0..<own.rows {
      for position in features.byMovie.range(ofRow: movie) {
        let feature = Int(features.byMovie.columns[position])
        let value = features.byMovie.values[position]
        for factor in 0..<factorCount { own[movie, factor] += value * shared[feature, factor] }
        ownBiases[movie] += value * sharedBiases[feature]
      }
    }
    return (own, users, ownBiases)
  }
}

/// The state of a descent.
private struct PairwiseDescent: ~Copyable {
  let fit: PairwiseFit
  let likes: SparseRows
  let features: SparseRows
  let stride: Int
  let users: UnsafeMutablePointer<Float>
  let own: UnsafeMutablePointer<Float>
  let shared: UnsafeMutablePointer<Float>?
  let ownBiases: UnsafeMutableBufferPointer<Float>
  let sharedBiases: UnsafeMutableBufferPointer<Float>
  /// The user of each like.
  let owners: [Int32]
  /// y of the liked movie, y of the other, their difference.
  let scratch: UnsafeMutablePointer<Float>

  init(
    fit: PairwiseFit, likes: SparseRows, features: SparseRows, stride: Int, users: UnsafeMutablePointer<Float>,
    own: UnsafeMutablePointer<Float>, shared: UnsafeMutablePointer<Float>?,
    ownBiases: UnsafeMutableBufferPointer<Float>, sharedBiases: UnsafeMutableBufferPointer<Float>
  ) {
    self.fit = fit
    self.likes = likes
    self.features = features
    self.stride = stride
    self.users = users
    self.own = own
    self.shared = shared
    self.ownBiases = ownBiases
    self.sharedBiases = sharedBiases
    owners = (0..<likes.rowCount).flatMap { [Int32](repeating: Int32($0), count: likes.count(ofRow: $0)) }
    scratch = .allocate(capacity: 3 * stride)
    scratch.initialize(repeating: 0, count: 3 * stride)
  }

  deinit { scratch.deallocate() }

  mutating func run(epoch: Int, seed: UInt64) {
    guard !owners.isEmpty, likes.columnCount > 1 else { return }
    var random = CounterRandom(seed: seed, stream: 4, substream: UInt64(epoch))
    let progress = Float(epoch) / Float(max(1, fit.epochs))
    let rate = fit.learningRate * (1 - 0.9 * progress)
    for _ in 0..<owners.count {
      let position = random.index(below: owners.count)
      step(user: Int(owners[position]), liked: Int(likes.columns[position]), rate: rate, random: &random)
    }
  }

  private mutating func step(user: Int, liked: Int, rate: Float, random: inout CounterRandom) {
    let movieCount = likes.columnCount
    guard likes.count(ofRow: user) < movieCount else { return }
    let vector = users + user * stride
    let y = scratch
    let z = scratch + stride
    let likedScore = load(liked, into: y) + FloatKernels.dot(vector, y, count: stride)
    var draws = 0
    var other = 0
    var weight: Float = 0
    let mostDraws = fit.loss == .warp ? PairwiseFit.mostDraws : 1
    while draws < mostDraws {
      draws += 1
      other = random.index(below: movieCount)
      if likes.position(row: user, column: Int32(other)) != nil { continue }
      let difference = likedScore - load(other, into: z) - FloatKernels.dot(vector, z, count: stride)
      if fit.loss == .bpr {
        weight = Float(1 / (1 + exponential(Double(difference))))
      } else if difference < 1 {
        let rank = max(1, (movieCount - 1) / draws)
        weight = Float(logarithm(1 + Double(rank)) / logarithm(1 + Double(movieCount)))
      }
      if weight > 0 { break }
    }
    guard weight > 0 else { return }
    let factor = rate * weight
    let decay = rate * fit.regularization
    let difference = scratch + 2 * stride
    for index in 0..<stride { difference[index] = y[index] - z[index] }
    push(liked, factor, decay, along: vector)
    push(other, -factor, decay, along: vector)
    for index in 0..<stride { vector[index] += factor * difference[index] - decay * vector[index] }
  }

  /// Puts y of `movie` into `target`; returns its bias.
  private func load(_ movie: Int, into target: UnsafeMutablePointer<Float>) -> Float {
    target.update(from: own + movie * stride, count: stride)
    var bias = ownBiases[movie]
    guard let shared else { return bias }
    for position in features.range(ofRow: movie) {
      let feature = Int(features.columns[position])
      FloatKernels.add(features.values[position], times: shared + feature * stride, to: target, count: stride)
      bias += features.values[position] * sharedBiases[feature]
    }
    return bias
  }

  /// Moves the movie and its features by `factor` times the user's `vector`.
  private func push(_ movie: Int, _ factor: Float, _ decay: Float, along vector: UnsafePointer<Float>) {
    let row = own + movie * stride
    for index in 0..<stride { row[index] += factor * vector[index] - decay * row[index] }
    ownBiases[movie] += factor - decay * ownBiases[movie]
    guard let shared else { return }
    for position in features.range(ofRow: movie) {
      let feature = Int(features.columns[position])
      let row = shared + feature * stride
      let part = factor * features.values[position]
      for index in 0..<stride { row[index] += part * vector[index] - decay * row[index] }
      sharedBiases[feature] += part - decay * sharedBiases[feature]
    }
  }
}
