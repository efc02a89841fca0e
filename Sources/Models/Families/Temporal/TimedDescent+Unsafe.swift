// Unsafe: steps update rows of factors behind pointers.

import LinearAlgebra
import Ratings

/// timeSVD++ while stochastic gradient descent moves it; all ratings of a user are met in a row.
struct TimedDescent: DescentState {
  let byUser: SparseRows
  let days: [UserDays]
  /// By rating; −1 where the date is unknown.
  let bins: [Int]
  let settings: DescentSettings
  let timed: TimedSettings
  let stride: Int
  var users: Matrix
  /// In the layout of `users`: how a user's factors and bias drift.
  var drifts: Matrix
  var movies: Matrix
  var implicit: Matrix
  /// Movies x bins.
  var movieBins: Matrix
  /// By user, in the order of their days.
  var dayBiases: [[Float]]
  let frequency: [Float]

  init(_ byUser: SparseRows, days: [UserDays], bins: [Int], settings: DescentSettings, timed: TimedSettings) {
    self.byUser = byUser
    self.days = days
    self.bins = bins
    self.settings = settings
    self.timed = timed
    let k = settings.factorCount
    stride = MovieFactors.stride(factorCount: k)
    users = FactorDescent.startingRows(byUser.rowCount, factorCount: k, onePlace: k + 1)
    drifts = Matrix(rows: byUser.rowCount, columns: stride)
    movies = FactorDescent.startingRows(byUser.columnCount, factorCount: k, onePlace: k)
    implicit = Matrix(rows: byUser.columnCount, columns: stride)
    movieBins = Matrix(rows: byUser.columnCount, columns: timed.calendar.binCount)
    dayBiases = days.map { [Float](repeating: 0, count: $0.days.count) }
    users.fillFactors(count: k, spread: 0.3 / Double(k).squareRoot(), seed: settings.seed, stream: 21)
    var counts = [Int](repeating: 0, count: byUser.columnCount)
    for movie in byUser.columns { counts[Int(movie)] += 1 }
    frequency = counts.map { 1 / Float(max(1, $0)).squareRoot() }
  }

  var ratingCount: Int { byUser.entryCount }

  var isSound: Bool {
    [users, drifts, movies, implicit, movieBins].allSatisfy { $0.values.allSatisfy(\.isFinite) }
  }

  /// Dates of a validation part are not at hand here: it is foretold as if they were unknown.
  func squaredError(on validation: SparseRows) -> Double {
    var sum = 0.0
    for user in 0..<validation.rowCount where validation.count(ofRow: user) > 0 {
      let prior = TasteModel.implicitTaste(
        of: byUser.columns[byUser.range(ofRow: user)], implicit, settings.factorCount)
      var taste = Matrix(rows: 1, columns: stride, values: Array(users[row: user]))
      for (factor, value) in prior.enumerated() { taste[0, factor] += value }
      for position in validation.range(ofRow: user) {
        let error = validation.values[position] - taste.product(0, movies, Int(validation.columns[position]))
        sum += Double(error * error)
      }
    }
    return sum
  }

  mutating func runEpoch(_ epoch: Int, rate: Float) -> Double {
    var order = Array(0..<byUser.rowCount)
    var random = CounterRandom(seed: settings.seed, stream: 22, substream: UInt64(epoch))
    order.shuffle(using: &random)
    let rates = StepRates(
      factorCount: settings.factorCount, rate: rate, regularization: settings.regularization,
      biasRegularization: settings.biasRegularization)
    let pass = TimedPass(
      byUser: byUser, bins: bins, stride: stride, factorCount: settings.factorCount, frequency: frequency, rate: rate,
      timed: timed)
    var sum = 0.0
    users.values.withUnsafeMutableBufferPointer { users in
      drifts.values.withUnsafeMutableBufferPointer { drifts in
        movies.values.withUnsafeMutableBufferPointer { movies in
          implicit.values.withUnsafeMutableBufferPointer { implicit in
            movieBins.values.withUnsafeMutableBufferPointer { movieBins in
              guard let users = users.baseAddress, let drifts = drifts.baseAddress, let movies = movies.baseAddress,
                let implicit = implicit.baseAddress, let movieBins = movieBins.baseAddress
              else { return }
              rates.withPointers { rates in
                for user in order where byUser.count(ofRow: user) > 0 {
                  sum += pass.learn(
                    user, days[user], dayBiases: &dayBiases[user], taste: users + user * stride,
                    drift: drifts + user * stride, movies: movies, implicit: implicit, movieBins: movieBins,
                    rates: rates)
                }
              }
            }
          }
        }
      }
    }
    return sum
  }
}

/// Learns from all ratings of a user.
private struct TimedPass {
  let byUser: SparseRows
  let bins: [Int]
  let stride: Int
  let factorCount: Int
  let frequency: [Float]
  let rate: Float
  let timed: TimedSettings

  func learn(
    _ user: Int, _ days: UserDays, dayBiases: inout [Float], taste: UnsafeMutablePointer<Float>,
    drift: UnsafeMutablePointer<Float>, movies: UnsafeMutablePointer<Float>, implicit: UnsafeMutablePointer<Float>,
    movieBins: UnsafeMutablePointer<Float>, rates: StepRates.Pointers
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * stride) { scratch in
      scratch.initialize(repeating: 0)
      let resting = scratch.baseAddress.unsafelyUnwrapped
      let gathered = resting + stride
      let now = gathered + stride
      let still = now + stride
      let range = byUser.range(ofRow: user)
      let scale = 1 / Float(range.count).squareRoot()
      for position in range {
        FloatKernels.add(
          scale, times: implicit + Int(byUser.columns[position]) * stride, to: resting, count: stride)
      }
      FloatKernels.add(resting, to: taste, count: stride)
      var sum = 0.0
      for (index, position) in range.enumerated() {
        let movie = Int(byUser.columns[position])
        let q = movies + movie * stride
        let distance = days.distances[index]
        // The taste of that day; what drift adds rests while the taste steps.
        now.update(from: taste, count: stride)
        FloatKernels.add(distance, times: drift, to: now, count: stride)
        still.update(from: resting, count: stride)
        FloatKernels.add(distance, times: drift, to: still, count: stride)
        var error = byUser.values[position] - FloatKernels.dot(now, q, count: stride)
        if let place = days.places[index] {
          let cell = movieBins + movie * timed.calendar.binCount + bins[position]
          error -= dayBiases[place] + cell.pointee
          // No pull takes more than all there is.
          dayBiases[place] += rate * error - min(1, rate * timed.dayRegularization) * dayBiases[place]
          cell.pointee += rate * error - min(1, rate * timed.binRegularization * frequency[movie]) * cell.pointee
        }
        sum += Double(error * error)
        if distance != 0 {
          DescentKernels.blend(
            drift, keep: max(0, 1 - rate * timed.driftRegularization * scale), factor: rate * distance * error, q,
            count: stride)
          drift[factorCount + 1] = 0
        }
        DescentKernels.bagStep(
          now, resting: still, q, sum: gathered, error: error, rateP: rates.user, pullP: rates.userPull,
          frequencyP: scale, rateQ: rates.movie, pullQ: rates.moviePull, frequencyQ: frequency[movie], count: stride)
        for place in 0..<stride { taste[place] = now[place] - still[place] + resting[place] }
      }
      for place in 0..<stride { taste[place] -= resting[place] }
      gathered[factorCount] = 0
      gathered[factorCount + 1] = 0
      let bagRate = rate * timed.implicitRate
      for position in range {
        let movie = Int(byUser.columns[position])
        DescentKernels.blend(
          implicit + movie * stride, keep: max(0, 1 - bagRate * timed.implicitRegularization * frequency[movie]),
          factor: bagRate * scale, gathered, count: stride)
      }
      return sum
    }
  }
}
