// Unsafe: unpacks samples from memory, sixteen at once.

import Ratings

extension SampledRows {
  /// Mean and variance over the samples of η = p · q + a + b for a profile (p, a) and the row (q, b).
  ///
  /// - Parameters:
  ///   - profile: dimensions x `count`, unpacked.
  ///   - count: samples of the profile, a multiple of 16: those of the row that come last.
  /// - Complexity: O(dimensions x samples).
  func moments(of row: Int, profile: UnsafePointer<Float>, count: Int) -> (mean: Float, variance: Float) {
    words.withUnsafeBufferPointer { words in
      moments(words.baseAddress.unsafelyUnwrapped + row * wordsPerRow, profile: profile, count: count)
    }
  }

  @inline(__always)
  func moments(
    _ row: UnsafePointer<UInt32>, profile: UnsafePointer<Float>, count: Int
  ) -> (mean: Float, variance: Float) {
    let half = sampleCount / 2
    let row = row + (sampleCount - count) / 2
    let bias = dimensionCount - 1
    let mask = SIMD8<UInt32>(repeating: 0xffff_0000)
    let shift = SIMD8<UInt32>(repeating: 16)
    var sum = SIMD8<Float>.zero
    var squares = SIMD8<Float>.zero
    for start in stride(from: 0, to: count / 2, by: 8) {
      let ownBias = profile + bias * count + 2 * start
      let word = UnsafeRawPointer(row + bias * half + start).loadUnaligned(as: SIMD8<UInt32>.self)
      var low =
        unsafeBitCast(word &<< shift, to: SIMD8<Float>.self)
        + UnsafeRawPointer(ownBias).loadUnaligned(as: SIMD8<Float>.self)
      var high =
        unsafeBitCast(word & mask, to: SIMD8<Float>.self)
        + UnsafeRawPointer(ownBias + 8).loadUnaligned(as: SIMD8<Float>.self)
      for dimension in 0..<bias {
        let own = profile + dimension * count + 2 * start
        let word = UnsafeRawPointer(row + dimension * half + start).loadUnaligned(as: SIMD8<UInt32>.self)
        low +=
          unsafeBitCast(word &<< shift, to: SIMD8<Float>.self)
          * UnsafeRawPointer(own).loadUnaligned(as: SIMD8<Float>.self)
        high +=
          unsafeBitCast(word & mask, to: SIMD8<Float>.self)
          * UnsafeRawPointer(own + 8).loadUnaligned(as: SIMD8<Float>.self)
      }
      sum += low + high
      squares += low * low + high * high
    }
    let mean = sum.sum() / Float(count)
    return (mean, max(0, squares.sum() / Float(count) - mean * mean))
  }

  /// The numbers of a row, unpacked: dimensions x samples.
  func unpacked(row: Int) -> [Float] {
    var result = [Float](repeating: 0, count: dimensionCount * sampleCount)
    for dimension in 0..<dimensionCount {
      for sample in 0..<sampleCount { result[dimension * sampleCount + sample] = self[row, dimension, sample] }
    }
    return result
  }

  /// Puts one sample of all rows of a side in.
  mutating func put(_ side: GibbsSide, sample: Int) {
    for row in 0..<side.rowCount { put(side.rows.base + row * side.stride, at: row, sample: sample) }
  }

  /// Puts a row that is drawn from around the average row of a side in the last place.
  mutating func putUnknown(_ side: GibbsSide, seed: UInt64, stream: UInt64, sign: Float, sample: Int) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: side.stride) { row in
      var random = CounterRandom(seed: seed, stream: stream)
      let row = row.baseAddress.unsafelyUnwrapped
      side.prior.draw(around: side.prior.averageMean, into: row, sign: sign, &random)
      put(row, at: rowCount - 1, sample: sample)
    }
  }

  /// The row at `place` has its factors, a one and the bias.
  private mutating func put(_ place: UnsafePointer<Float>, at row: Int, sample: Int) {
    let factorCount = dimensionCount - 1
    for factor in 0..<factorCount { self[row, factor, sample] = place[factor] }
    self[row, factorCount, sample] = place[factorCount + 1]
  }
}
