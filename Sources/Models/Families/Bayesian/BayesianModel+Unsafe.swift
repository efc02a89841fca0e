// Unsafe: hands the memory of profiles to the kernels and writes scores behind a pointer.

import Ratings

extension BayesianModel {
  /// Mean and variance of η. A profile's vector: samples n | dimensions x n numbers | effects of the user's dates.
  func moments(_ profile: UserProfile, movie: Int?, time: UInt32) -> (mean: Float, variance: Float) {
    let count = Int(profile.vector[0])
    var result = profile.vector.withUnsafeBufferPointer { vector in
      movies.moments(of: movie ?? movieCount, profile: vector.baseAddress.unsafelyUnwrapped + 1, count: count)
    }
    if !calendar.components.isEmpty {
      let effects = profile.vector[(1 + count * movies.dimensionCount)...]
      let (offset, unknown) = calendar.effect(userEffects: effects, movie: movie.map { Int32($0) }, time: time)
      result.mean += offset
      result.variance += unknown
    }
    return result
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      for movie in 0..<movieCount {
        let (mean, variance) = moments(profile, movie: movie, time: 0)
        scores[row * movieCount + movie] = head.stars(mean: mean, variance: variance)
      }
    }
  }
}
