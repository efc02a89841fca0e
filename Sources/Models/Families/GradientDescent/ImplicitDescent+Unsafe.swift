// Unsafe: steps update rows of factors behind pointers.

import LinearAlgebra
import Ratings

/// SVD++ while stochastic gradient descent moves it: users, movies, and what having rated a movie says.
///
/// All ratings of a user are met in a row, so that Σ y_j is summed once and moved once for each user, not for each
/// rating: an epoch costs O(ratings x factors).
struct ImplicitDescent: DescentState {
  let byUser: SparseRows
  let factorCount: Int
  let stride: Int
  let seed: UInt64
  let settings: DescentSettings
  /// Learning rate of the implicit factors relative to the rest.
  let implicitRate: Float
  let implicitRegularization: Float
  var users: Matrix
  var movies: Matrix
  var implicit: Matrix
  let movieFrequency: [Float]

  init(_ byUser: SparseRows, settings: DescentSettings, implicitRate: Float, implicitRegularization: Float) {
    self.byUser = byUser
    self.settings = settings
    self.implicitRate = implicitRate
    self.implicitRegularization = implicitRegularization
    factorCount = settings.factorCount
    stride = MovieFactors.stride(factorCount: factorCount)
    seed = settings.seed
    users = FactorDescent.startingRows(byUser.rowCount, factorCount: factorCount, onePlace: factorCount + 1)
    movies = FactorDescent.startingRows(byUser.columnCount, factorCount: factorCount, onePlace: factorCount)
    implicit = Matrix(rows: byUser.columnCount, columns: stride)
    users.fillFactors(count: factorCount, spread: 0.3 / Double(factorCount).squareRoot(), seed: seed, stream: 15)
    var counts = [Int](repeating: 0, count: byUser.columnCount)
    for movie in byUser.columns { counts[Int(movie)] += 1 }
    movieFrequency = counts.map { 1 / Float(max(1, $0)).squareRoot() }
  }

  var ratingCount: Int { byUser.entryCount }

  var isSound: Bool {
    users.values.allSatisfy(\.isFinite) && movies.values.allSatisfy(\.isFinite)
      && implicit.values.allSatisfy(\.isFinite)
  }

  func squaredError(on validation: SparseRows) -> Double {
    var sum = 0.0
    for user in 0..<validation.rowCount where validation.count(ofRow: user) > 0 {
      let prior = TasteModel.implicitTaste(of: byUser.columns[byUser.range(ofRow: user)], implicit, factorCount)
      var taste = Matrix(rows: 1, columns: stride, values: Array(users[row: user]))
      for factor in 0..<factorCount { taste[0, factor] += prior[factor] }
      for position in validation.range(ofRow: user) {
        let error = validation.values[position] - taste.product(0, movies, Int(validation.columns[position]))
        sum += Double(error * error)
      }
    }
    return sum
  }

  mutating func runEpoch(_ epoch: Int, rate: Float) -> Double {
    var order = Array(0..<byUser.rowCount)
    var random = CounterRandom(seed: seed, stream: 16, substream: UInt64(epoch))
    order.shuffle(using: &random)
    let rates = StepRates(
      factorCount: factorCount, rate: rate, regularization: settings.regularization,
      biasRegularization: settings.biasRegularization)
    let (byUser, movieFrequency, stride) = (byUser, movieFrequency, stride)
    let pass = BagPass(
      stride: stride, factorCount: factorCount, rate: rate * implicitRate,
      pull: rate * implicitRate * implicitRegularization)
    var sum = 0.0
    users.values.withUnsafeMutableBufferPointer { users in
      movies.values.withUnsafeMutableBufferPointer { movies in
        implicit.values.withUnsafeMutableBufferPointer { implicit in
          guard let users = users.baseAddress, let movies = movies.baseAddress, let implicit = implicit.baseAddress
          else { return }
          rates.withPointers { rates in
            for user in order where byUser.count(ofRow: user) > 0 {
              sum += pass.learn(
                byUser, user, users + user * stride, movies, implicit, rates: rates, movieFrequency: movieFrequency)
            }
          }
        }
      }
    }
    return sum
  }
}

/// Learns from all ratings of a user.
private struct BagPass {
  let stride: Int
  let factorCount: Int
  /// Of the implicit factors.
  let rate: Float
  let pull: Float

  func learn(
    _ byUser: SparseRows, _ user: Int, _ taste: UnsafeMutablePointer<Float>, _ movies: UnsafeMutablePointer<Float>,
    _ implicit: UnsafeMutablePointer<Float>, rates: StepRates.Pointers, movieFrequency: [Float]
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * stride) { scratch in
      scratch.initialize(repeating: 0)
      let resting = scratch.baseAddress.unsafelyUnwrapped
      let gathered = resting + stride
      let range = byUser.range(ofRow: user)
      let scale = 1 / Float(range.count).squareRoot()
      for position in range {
        FloatKernels.add(implicit + Int(byUser.columns[position]) * stride, to: resting, count: stride)
      }
      for place in 0..<stride {
        resting[place] *= scale
        taste[place] += resting[place]
      }
      var sum = 0.0
      for position in range {
        let movie = Int(byUser.columns[position])
        let q = movies + movie * stride
        let error = byUser.values[position] - FloatKernels.dot(taste, q, count: stride)
        sum += Double(error * error)
        DescentKernels.bagStep(
          taste, resting: resting, q, sum: gathered, error: error, rateP: rates.user, pullP: rates.userPull,
          frequencyP: scale, rateQ: rates.movie, pullQ: rates.moviePull, frequencyQ: movieFrequency[movie],
          count: stride)
      }
      for place in 0..<stride { taste[place] -= resting[place] }
      // Only factors are implicit: the places of one and bias stay 0.
      gathered[factorCount] = 0
      gathered[factorCount + 1] = 0
      for position in range {
        let movie = Int(byUser.columns[position])
        DescentKernels.blend(
          implicit + movie * stride, keep: max(0, 1 - pull * movieFrequency[movie]), factor: rate * scale, gathered,
          count: stride)
      }
      return sum
    }
  }
}
