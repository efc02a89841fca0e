// Unsafe: runs over ratings behind pointers, eight at once.

import LinearAlgebra
import Ratings

extension OrderedProbit {
  /// Ratings that one thread takes at once, a multiple of 8.
  private static let blockSize = 2048

  /// The likelihood of ratings with `levels` and latent means `means`; the memory reaches to a multiple of 8.
  static func likelihood(
    of levels: WorkMemory<UInt8>, count: Int, means: WorkMemory<Float>, bounds: [Float], threads: ThreadCount
  ) -> Likelihood {
    let blocks = (count + blockSize - 1) / blockSize
    let parts = threads.map(blocks) { block in
      var part = Likelihood(boundCount: bounds.count)
      let range = block * blockSize..<min(count, (block + 1) * blockSize)
      bounds.withUnsafeBufferPointer { bounds in
        var start = range.lowerBound
        while start < range.upperBound {
          let (low, high) = sides(of: levels, at: start, bounds: bounds)
          let mean = UnsafeRawPointer(means.base + start).loadUnaligned(as: SIMD8<Float>.self)
          let a = low - mean
          let b = high - mean
          // In the lower tail, where the difference keeps its precision.
          let isUpper = a + b .> 0
          let upper = NormalMath.distribution(b.replacing(with: -a, where: isUpper))
          let lower = NormalMath.distribution(a.replacing(with: -b, where: isUpper))
          let probability = NormalMath.clamp(upper - lower, 1e-30, 1)
          let logarithm = NormalMath.logarithm(probability)
          let byLow = NormalMath.density(a) / probability
          let byHigh = NormalMath.density(b) / probability
          for lane in 0..<min(8, range.upperBound - start) {
            let level = Int(levels.base[start + lane])
            part.logarithm += Double(logarithm[lane])
            part.gradient[level] -= Double(byLow[lane])
            part.gradient[level + 1] += Double(byHigh[lane])
            part.information[level] += Double(byLow[lane] * byLow[lane])
            part.information[level + 1] += Double(byHigh[lane] * byHigh[lane])
          }
          start += 8
        }
      }
      return part
    }
    var sum = Likelihood(boundCount: bounds.count)
    for part in parts { sum.add(part) }
    return sum
  }

  /// Draws the latent value of each rating around `means` and puts it into `latents`.
  func drawLatents(
    _ latents: WorkMemory<Float>, levels: WorkMemory<UInt8>, count: Int, means: WorkMemory<Float>, seed: UInt64,
    stream: UInt64, threads: ThreadCount
  ) {
    let bounds = bounds
    threads.forEachBlock(of: (count + 7) & ~7, blockSize: Self.blockSize) { range in
      var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(range.lowerBound))
      Self.drawLatents(latents, levels: levels, range: range, means: means, bounds: bounds, &random)
    }
  }

  /// Draws the latent values of the ratings in `range`, whose ends are multiples of 8.
  static func drawLatents(
    _ latents: WorkMemory<Float>, levels: WorkMemory<UInt8>, range: Range<Int>, means: WorkMemory<Float>,
    bounds: [Float], _ random: inout CounterRandom
  ) {
    bounds.withUnsafeBufferPointer { bounds in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
        let (low, high) = sides(of: levels, at: start, bounds: bounds)
        let mean = UnsafeRawPointer(means.base + start).loadUnaligned(as: SIMD8<Float>.self)
        let draw = NormalMath.truncated(mean: mean, low: low, high: high, &random)
        UnsafeMutableRawPointer(latents.base + start).storeBytes(of: draw, as: SIMD8<Float>.self)
      }
    }
  }

  @inline(__always)
  private static func sides(
    of levels: WorkMemory<UInt8>, at start: Int, bounds: UnsafeBufferPointer<Float>
  ) -> (low: SIMD8<Float>, high: SIMD8<Float>) {
    var low = SIMD8<Float>.zero
    var high = SIMD8<Float>.zero
    for lane in 0..<8 {
      let level = Int(levels.base[start + lane])
      low[lane] = bounds[level]
      high[lane] = bounds[level + 1]
    }
    return (low, high)
  }
}
