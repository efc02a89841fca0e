// Unsafe: updates rows of factors behind pointers.

import CFloatKernels

/// Inner loops of stochastic gradient descent; rows are a multiple of 8 floats long.
public enum DescentKernels {
  /// Ratings in the order in which they are processed.
  public struct Ratings {
    let users: UnsafePointer<Int32>
    let movies: UnsafePointer<Int32>
    let values: UnsafePointer<Float>
    let count: Int

    public init(
      users: UnsafePointer<Int32>, movies: UnsafePointer<Int32>, values: UnsafePointer<Float>, count: Int
    ) {
      self.users = users
      self.movies = movies
      self.values = values
      self.count = count
    }
  }

  /// Step sizes of one side: for each factor the learning rate and the regularization, and for each row the
  /// frequency that scales the regularization.
  public struct Steps {
    let rates: UnsafePointer<Float>
    let pulls: UnsafePointer<Float>
    let frequencies: UnsafePointer<Float>

    public init(
      rates: UnsafePointer<Float>, pulls: UnsafePointer<Float>, frequencies: UnsafePointer<Float>
    ) {
      self.rates = rates
      self.pulls = pulls
      self.frequencies = frequencies
    }
  }

  /// One step of a factorization for each rating: with e = value − p · q, p += e rates q − frequency pulls p, and q in the
  /// same way, with the old p.
  ///
  /// - Returns: Σ e².
  /// - Complexity: O(ratings x stride).
  public static func descend(
    _ ratings: Ratings, users: UnsafeMutablePointer<Float>, movies: UnsafeMutablePointer<Float>, stride: Int,
    userSteps: Steps, movieSteps: Steps
  ) -> Double {
    precondition(stride % 8 == 0, "rows must be padded to whole lanes")
    var list = marquee_ratings(
      users: ratings.users, movies: ratings.movies, values: ratings.values, count: ratings.count)
    var steps = marquee_steps(
      user_rates: userSteps.rates, user_pulls: userSteps.pulls, user_frequencies: userSteps.frequencies,
      movie_rates: movieSteps.rates, movie_pulls: movieSteps.pulls, movie_frequencies: movieSteps.frequencies)
    return marquee_descend(users, movies, stride, &list, &steps)
  }

  /// One step of a factorization whose user vector t = p + z includes a fixed sum z: t steps as p does, q as for t, and
  /// sum += error q accumulates the gradient of z.
  @inline(__always)
  public static func bagStep(
    _ t: UnsafeMutablePointer<Float>, resting z: UnsafePointer<Float>, _ q: UnsafeMutablePointer<Float>,
    sum: UnsafeMutablePointer<Float>, error: Float,
    rateP: UnsafePointer<Float>, pullP: UnsafePointer<Float>, frequencyP: Float,
    rateQ: UnsafePointer<Float>, pullQ: UnsafePointer<Float>, frequencyQ: Float, count: Int
  ) {
    let errors = SIMD8<Float>(repeating: error)
    let frequenciesP = SIMD8<Float>(repeating: frequencyP)
    let frequenciesQ = SIMD8<Float>(repeating: frequencyQ)
    var index = 0
    while index < count {
      let x = FloatKernels.lanes(t + index)
      let y = FloatKernels.lanes(q + index)
      let own = x - FloatKernels.lanes(z + index)
      let stepX =
        errors * FloatKernels.lanes(rateP + index) * y - frequenciesP * FloatKernels.lanes(pullP + index) * own
      let stepY = errors * FloatKernels.lanes(rateQ + index) * x - frequenciesQ * FloatKernels.lanes(pullQ + index) * y
      FloatKernels.store(FloatKernels.lanes(sum + index) + errors * y, to: sum + index)
      FloatKernels.store(x + stepX, to: t + index)
      FloatKernels.store(y + stepY, to: q + index)
      index += 8
    }
  }

  /// x = keep x + factor y.
  @inline(__always)
  public static func blend(
    _ x: UnsafeMutablePointer<Float>, keep: Float, factor: Float, _ y: UnsafePointer<Float>, count: Int
  ) {
    let keeps = SIMD8<Float>(repeating: keep)
    let factors = SIMD8<Float>(repeating: factor)
    var index = 0
    while index < count {
      FloatKernels.store(
        keeps * FloatKernels.lanes(x + index) + factors * FloatKernels.lanes(y + index), to: x + index)
      index += 8
    }
  }
}
