// Unsafe: batches and gradients live in memory behind pointers.

import LinearAlgebra
import Ratings

/// The neural model while Adam moves it; a batch holds all ratings of some users.
struct NeuralDescent: DescentState {
  /// Residuals over the baseline, in units of the ratings' deviation.
  let byUser: SparseRows
  let settings: DescentSettings
  let batchSize: Int
  let bagRegularization: Float
  let layerDecay: Float
  let userDamping: Float
  let frequency: [Float]
  var network: Network
  private var step = 0
  private var denseMoments: Adam
  private var movieMoments: Adam
  private var explicitMoments: Adam
  private var implicitMoments: Adam
  private var biasMoments: Adam

  init(
    _ byUser: SparseRows, shape: NetworkShape, settings: DescentSettings, batchSize: Int, bagRegularization: Float,
    layerDecay: Float, userDamping: Float
  ) {
    self.byUser = byUser
    self.settings = settings
    self.batchSize = batchSize
    self.bagRegularization = bagRegularization
    self.layerDecay = layerDecay
    self.userDamping = userDamping
    var counts = [Int](repeating: 0, count: byUser.columnCount)
    for movie in byUser.columns { counts[Int(movie)] += 1 }
    frequency = counts.map { 1 / Float(max(1, $0)).squareRoot() }
    let count = byUser.columnCount
    let plain = Matrix(rows: count, columns: shape.width)
    // Only what a rating says of a taste begins at random: movies with the same ratings then stay alike.
    var explicit = plain
    explicit.fillFactors(
      count: shape.width, spread: 0.5 / Double(shape.width).squareRoot(), seed: settings.seed, stream: 24)
    network = Network(
      shape: shape, weights: shape.start(seed: settings.seed), movies: plain,
      bag: AsymmetricBag(explicit: explicit, implicit: plain, factorCount: shape.width),
      biases: [Float](repeating: 0, count: count))
    denseMoments = Adam(rows: 1, width: shape.count)
    movieMoments = Adam(rows: count, width: shape.width)
    explicitMoments = movieMoments
    implicitMoments = movieMoments
    biasMoments = Adam(rows: count, width: 1)
  }

  var ratingCount: Int { byUser.entryCount }

  var isSound: Bool {
    network.weights.allSatisfy(\.isFinite) && network.biases.allSatisfy(\.isFinite)
      && [network.movies, network.bag.explicit, network.bag.implicit].allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }

  func squaredError(on validation: SparseRows) -> Double {
    var sum = 0.0
    for user in 0..<validation.rowCount where validation.count(ofRow: user) > 0 {
      let range = byUser.range(ofRow: user)
      let taste = network.bag.taste(movies: byUser.columns[range], residuals: byUser.values[range])
      let asked = validation.range(ofRow: user)
      let outputs = network.outputs(taste: taste, movies: Array(validation.columns[asked]))
      for (position, output) in zip(asked, outputs) {
        let error = Double(validation.values[position] - output)
        sum += error * error
      }
    }
    return sum
  }

  mutating func runEpoch(_ epoch: Int, rate: Float) -> Double {
    var order = (0..<byUser.rowCount).filter { byUser.count(ofRow: $0) > 0 }
    var random = CounterRandom(seed: settings.seed, stream: 25, substream: UInt64(epoch))
    order.shuffle(using: &random)
    var batches: [(users: [Int], count: Int)] = []
    for user in order {
      let count = byUser.count(ofRow: user)
      if let last = batches.last, last.count + count <= batchSize {
        batches[batches.count - 1].users.append(user)
        batches[batches.count - 1].count += count
      } else {
        batches.append(([user], count))
      }
    }
    let batch = Batch(network.shape, capacity: batches.map(\.count).max() ?? 0)
    var gradients = NeuralGradients(movieCount: byUser.columnCount, shape: network.shape)
    var sum = 0.0
    for (users, count) in batches {
      sum += learn(users, count: count, batch: batch, gradients: &gradients, rate: rate)
    }
    return sum
  }

  private mutating func learn(
    _ users: [Int], count: Int, batch: borrowing Batch, gradients: inout NeuralGradients, rate: Float
  ) -> Double {
    network.fill(batch, users: users, byUser: byUser, userDamping: userDamping)
    let sum = network.differentiate(
      batch, users: users, byUser: byUser, userDamping: userDamping, count: count, gradients: &gradients)
    step += 1
    let corrections = Adam.corrections(step: step)
    let share = 1 / Float(count)
    let (regularization, bagRegularization) = (settings.regularization, bagRegularization)
    let biasRegularization = settings.biasRegularization
    let width = network.shape.width
    network.weights.withUnsafeMutableBufferPointer { weights in
      denseMoments.step(
        row: 0, of: weights.baseAddress.unsafelyUnwrapped, gradient: gradients.dense, rate: rate,
        pull: layerDecay, corrections: corrections)
    }
    gradients.drainTouched { movie, ratings, gradients in
      // As often as the movie was met, 1 / root of how many ratings it has.
      let weight = share * Float(ratings) * frequency[movie]
      let place = movie * width
      network.movies.values.withUnsafeMutableBufferPointer {
        movieMoments.step(
          row: movie, of: $0.baseAddress.unsafelyUnwrapped, gradient: gradients.movies + place, rate: rate,
          pull: weight * regularization, corrections: corrections)
      }
      network.bag.explicit.values.withUnsafeMutableBufferPointer {
        explicitMoments.step(
          row: movie, of: $0.baseAddress.unsafelyUnwrapped, gradient: gradients.explicit + place, rate: rate,
          pull: weight * bagRegularization, corrections: corrections)
      }
      network.bag.implicit.values.withUnsafeMutableBufferPointer {
        implicitMoments.step(
          row: movie, of: $0.baseAddress.unsafelyUnwrapped, gradient: gradients.implicit + place, rate: rate,
          pull: weight * bagRegularization, corrections: corrections)
      }
      network.biases.withUnsafeMutableBufferPointer {
        biasMoments.step(
          row: movie, of: $0.baseAddress.unsafelyUnwrapped, gradient: gradients.biases + movie, rate: rate,
          pull: weight * biasRegularization, corrections: corrections)
      }
    }
    return sum
  }
}

/// Gradients of a batch, and which movies they touch.
struct NeuralGradients: ~Copyable {
  let dense: UnsafeMutablePointer<Float>
  let movies: UnsafeMutablePointer<Float>
  let explicit: UnsafeMutablePointer<Float>
  let implicit: UnsafeMutablePointer<Float>
  let biases: UnsafeMutablePointer<Float>
  private let memory: UnsafeMutablePointer<Float>
  /// How often each movie was met.
  private var ratings: [Int]
  private var touched: [Int] = []

  init(movieCount: Int, shape: NetworkShape) {
    let count = shape.count + movieCount * (3 * shape.width + 1)
    memory = .allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    dense = memory
    movies = dense + shape.count
    explicit = movies + movieCount * shape.width
    implicit = explicit + movieCount * shape.width
    biases = implicit + movieCount * shape.width
    ratings = [Int](repeating: 0, count: movieCount)
  }

  deinit { memory.deallocate() }

  mutating func touch(_ movie: Int) {
    if ratings[movie] == 0 { touched.append(movie) }
    ratings[movie] += 1
  }

  mutating func drainTouched(_ body: (_ movie: Int, _ ratings: Int, _ gradients: borrowing NeuralGradients) -> Void) {
    for movie in touched {
      body(movie, ratings[movie], self)
      ratings[movie] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }
}
