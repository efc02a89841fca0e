import BinaryFiles
import LinearAlgebra
import Ratings

/// Finds what a user's dated ratings say of them, everything of the movies given.
///
/// Taste and bias, their drift, and the biases of days are solved for in turn, a fixed number of rounds: members and
/// new users are handled the same way.
struct TimedSolver: Sendable {
  let calendar: RatingCalendar
  let factors: MovieFactors
  let implicit: Matrix
  /// Movies x bins.
  let movieBins: Matrix
  let mean: Float
  let deviation: Float
  let ridge: Float
  let biasRidge: Float
  let driftRidge: Float
  let dayRidge: Float

  private static let rounds = 3

  /// The positions of the parts of a profile's vector: taste, drift (in stars), mean day, then a day and its bias in turn.
  var driftPlace: Int { factors.stride }
  var meanDayPlace: Int { 2 * factors.stride }
  var daysPlace: Int { 2 * factors.stride + 1 }

  /// - Complexity: O(ratings x factors² + factors³).
  func vector(of ratings: [MovieRating]) -> [Float] {
    let movies = ratings.map(\.movie)
    let days = UserDays(ratings.map(\.time), calendar: calendar)
    let plain = ratings.map { rating in
      (rating.value - mean) / deviation - (calendar.bin(of: rating.time).map { movieBins[Int(rating.movie), $0] } ?? 0)
    }
    let prior = TasteModel.implicitTaste(of: movies, implicit, factors.factorCount)
    let hasDrift = days.distances.contains { $0 != 0 }
    var taste: [Float] = []
    var drift = [Float](repeating: 0, count: factors.factorCount + 1)
    var biases = [Float](repeating: 0, count: days.days.count)
    var tasteSolver = TasteSolver(factors, ridge: ridge, biasRidge: biasRidge)
    var driftSolver = TasteSolver(factors, ridge: driftRidge, biasRidge: driftRidge)
    for _ in 0..<(days.days.isEmpty ? 1 : Self.rounds) {
      let drifted = drifts(of: movies, drift, days.distances)
      taste = tasteSolver.solve(
        movies: movies,
        values: plain.indices.map { plain[$0] - drifted[$0] - (days.places[$0].map { biases[$0] } ?? 0) }, prior: prior)
      let tasted = products(of: movies, taste)
      if hasDrift {
        drift = driftSolver.solve(
          movies: movies,
          values: plain.indices.map { plain[$0] - tasted[$0] - (days.places[$0].map { biases[$0] } ?? 0) },
          weights: days.distances)
      }
      let left = drifts(of: movies, drift, days.distances)
      biases = dayBiases(of: days) {
        plain[$0] - tasted[$0] - factors.rows[Int(movies[$0]), factors.biasPlace] - left[$0]
      }
    }
    if taste.isEmpty { taste = [Float](repeating: 0, count: factors.factorCount + 1) }
    var vector = factors.vector(of: taste, mean: mean, deviation: deviation)
    vector += factors.vector(of: drift, mean: 0, deviation: deviation)
    // A drift does not bring the movie's bias in a second time.
    vector[driftPlace + factors.biasPlace] = 0
    vector.append(days.meanDay)
    for (day, bias) in zip(days.days, biases) { vector += [Float(day), bias * deviation] }
    return vector
  }

  /// What is added to the undated score for a rating at `time`.
  func dated(_ vector: [Float], movie: Int?, time: UInt32) -> Float {
    guard let day = RatingCalendar.day(of: time) else { return 0 }
    var sum: Float = 0
    let distance = calendar.distance(time, from: vector[meanDayPlace])
    if let movie {
      if let bin = calendar.bin(of: time) { sum += deviation * movieBins[movie, bin] }
      if distance != 0 {
        let row = factors.rows[row: movie]
        for place in 0...factors.factorCount {
          sum += distance * vector[driftPlace + place] * row[row.startIndex + place]
        }
      }
    } else {
      sum += distance * vector[driftPlace + factors.onePlace]
    }
    for place in stride(from: daysPlace, to: vector.count - 1, by: 2) where vector[place] == Float(day) {
      sum += vector[place + 1]
    }
    return sum
  }

  /// q_j · t + b for each movie, without the movies' biases.
  private func products(of movies: [Int32], _ solution: [Float]) -> [Float] {
    movies.map { movie in
      let row = factors.rows[row: Int(movie)]
      var sum = solution[factors.factorCount]
      for factor in 0..<factors.factorCount { sum += solution[factor] * row[row.startIndex + factor] }
      return sum
    }
  }

  private func drifts(of movies: [Int32], _ drift: [Float], _ distances: [Float]) -> [Float] {
    guard drift.contains(where: { $0 != 0 }) else { return distances.map { _ in 0 } }
    return zip(products(of: movies, drift), distances).map { $0 * $1 }
  }

  private func dayBiases(of days: UserDays, _ residual: (Int) -> Float) -> [Float] {
    var sums = [SIMD2<Float>](repeating: SIMD2(0, dayRidge), count: days.days.count)
    for (index, place) in days.places.enumerated() {
      if let place { sums[place] += SIMD2(residual(index), 1) }
    }
    return sums.map { $0[0] / $0[1] }
  }
}

extension TasteSolver {
  /// The taste behind `values` (standardized), one for each of `movies`.
  mutating func solve(movies: [Int32], values: [Float], prior: [Float] = [], weights: [Float] = []) -> [Float] {
    movies.withUnsafeBufferPointer { movies in
      values.withUnsafeBufferPointer { values in
        solve(movies: movies, values: values, prior: prior, weights: weights)
      }
    }
  }
}
