// Unsafe: reads the bits of floats and writes draws behind a pointer.

import LinearAlgebra
package import Ratings

/// The normal distribution in eight lanes of `Float`: what a sampler of latent ratings needs millions of times.
///
/// Plain arithmetic throughout, so the bits are the same wherever the lanes are.
package enum NormalMath {
  package typealias Lanes = SIMD8<Float>
  private typealias Bits = SIMD8<UInt32>

  /// `x` within bounds. The standard library's `clamped` is a call for every lane.
  @inline(__always)
  package static func clamp(_ x: Lanes, _ low: Float, _ high: Float) -> Lanes {
    let raised = x.replacing(with: low, where: x .< low)
    return raised.replacing(with: high, where: raised .> high)
  }

  /// e^x for x ≤ 0, to about 2 units in the last place; not below e^−87.
  @inline(__always)
  package static func exponential(_ x: Lanes) -> Lanes {
    let scaled = clamp(x, -87, 0) * 1.442_695_04
    // Adding 1.5 · 2²³ rounds to a whole number and leaves it in the low bits.
    let shifted = scaled + 12_582_912
    let fraction = scaled - (shifted - 12_582_912)
    var power = Lanes(repeating: 1.540_353e-4)
    power = power * fraction + 1.333_355_8e-3
    power = power * fraction + 9.618_129e-3
    power = power * fraction + 5.550_410_9e-2
    power = power * fraction + 0.240_226_51
    power = power * fraction + 0.693_147_18
    power = power * fraction + 1
    let exponent = unsafeBitCast(shifted, to: Bits.self) &<< Bits(repeating: 23)
    return unsafeBitCast(unsafeBitCast(power, to: Bits.self) &+ exponent, to: Lanes.self)
  }

  /// The natural logarithm of positive normal numbers.
  @inline(__always)
  package static func logarithm(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: Bits.self)
    var exponent =
      unsafeBitCast((bits &>> Bits(repeating: 23)) | Bits(repeating: 0x4b00_0000), to: Lanes.self) - 8_388_735
    var mantissa = unsafeBitCast(
      (bits & Bits(repeating: 0x007f_ffff)) | Bits(repeating: 0x3f80_0000), to: Lanes.self)
    let isLarge = mantissa .> 1.414_213_6
    mantissa.replace(with: mantissa * 0.5, where: isLarge)
    exponent.replace(with: exponent + 1, where: isLarge)
    // 2 artanh((m − 1) / (m + 1)).
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = Lanes(repeating: 0.222_222_2)
    sum = sum * square + 0.285_714_3
    sum = sum * square + 0.4
    sum = sum * square + 0.666_666_7
    return s * (sum * square + 2) + exponent * 0.693_147_18
  }

  /// Φ(x), with a relative error of about 10⁻⁶ in the lower tail (erfc as in Press et al., Numerical Recipes).
  @inline(__always)
  package static func distribution(_ x: Lanes) -> Lanes {
    let z = x.replacing(with: -x, where: x .< 0) * 0.707_106_78
    let t = 1 / (1 + 0.5 * z)
    var sum = Lanes(repeating: 0.170_872_77)
    sum = sum * t - 0.822_152_23
    sum = sum * t + 1.488_515_87
    sum = sum * t - 1.135_203_98
    sum = sum * t + 0.278_868_07
    sum = sum * t - 0.186_288_06
    sum = sum * t + 0.096_784_18
    sum = sum * t + 0.374_091_96
    sum = sum * t + 1.000_023_68
    let tail = 0.5 * t * exponential(sum * t - 1.265_512_23 - z * z)
    return tail.replacing(with: 1 - tail, where: x .> 0)
  }

  /// e^(−x²/2) / √(2π).
  @inline(__always)
  package static func density(_ x: Lanes) -> Lanes { exponential(-0.5 * x * x) * 0.398_942_28 }

  /// Φ⁻¹(p) for p in (0, 1), p below 10⁻¹¹ as 10⁻¹¹ (Wichura 1988, algorithm AS 241, PPND7).
  @inline(__always)
  package static func quantile(_ p: Lanes) -> Lanes {
    let q = p - 0.5
    let r = 0.180_625 - q * q
    var above = r * 59.109_374_7 + 159.291_132_0
    above = above * r + 50.434_271_9
    above = above * r + 3.387_132_72
    var below = r * 67.187_563_6 + 78.757_757_7
    below = below * r + 17.895_169_5
    below = below * r + 1
    let central = q * above / below
    let magnitude = q.replacing(with: -q, where: q .< 0)
    guard any(magnitude .> 0.425) else { return central }
    let other = 1 - p
    let small = clamp(p.replacing(with: other, where: q .> 0), 1.4e-11, 0.5)
    let s = (-logarithm(small)).squareRoot() - 1.6
    above = s * 0.170_238_211 + 1.306_728_48
    above = above * s + 2.756_815_39
    above = above * s + 1.423_437_28
    below = s * 0.120_211_33 + 0.737_001_642
    below = below * s + 1
    let tail = above / below
    return central.replacing(with: tail.replacing(with: -tail, where: q .< 0), where: magnitude .> 0.425)
  }

  /// Eight uniform numbers in (0, 1), multiples of 2⁻²⁴ plus a half of that.
  @inline(__always)
  package static func uniforms(_ random: inout CounterRandom) -> Lanes {
    var bits = Bits.zero
    for pair in 0..<4 {
      let word = random.next()
      bits[2 * pair] = UInt32(truncatingIfNeeded: word >> 41)
      bits[2 * pair + 1] = UInt32(truncatingIfNeeded: word) >> 9
    }
    // 23 random bits as the mantissa of a number in [1, 2).
    return unsafeBitCast(bits | Bits(repeating: 0x3f80_0000), to: Lanes.self) - (1 - 0x1p-24)
  }

  /// Eight independent standard normal numbers.
  @inline(__always)
  package static func normals(_ random: inout CounterRandom) -> Lanes { quantile(uniforms(&random)) }

  /// Fills `count` places, a multiple of 8, with independent standard normal numbers: those that `normals` would draw.
  package static func fill(_ target: UnsafeMutablePointer<Float>, count: Int, _ random: inout CounterRandom) {
    FloatKernels.fillNormals(target, count: count, key: random.key, counter: random.counter)
    random.skip(count / 2)
  }

  /// Normal numbers of deviation 1 around `mean`, given that they are between `low` and `high`: by inversion.
  @inline(__always)
  package static func truncated(mean: Lanes, low: Lanes, high: Lanes, _ random: inout CounterRandom) -> Lanes {
    var a = low - mean
    var b = high - mean
    // The lower tail is the one with the relative precision.
    let isUpper = a + b .> 0
    let mirrored = -b
    b.replace(with: -a, where: isUpper)
    a.replace(with: mirrored, where: isUpper)
    let start = distribution(a)
    let share = start + uniforms(&random) * (distribution(b) - start)
    var draw = quantile(clamp(share, 1.4e-11, 0.999_999_9))
    draw.replace(with: a, where: draw .< a)
    draw.replace(with: b, where: draw .> b)
    return mean + draw.replacing(with: -draw, where: isUpper)
  }
}

extension CounterRandom {
  /// A number from the gamma distribution with `shape` and `rate` (Marsaglia and Tsang 2000). The shape must be at
  /// least 1/3, the rate positive.
  package mutating func gamma(shape: Double, rate: Double) -> Double {
    let d = shape - 1 / 3.0
    guard d > 1e-9 else { return shape / rate }
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normalPair().0
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      let u = uniform()
      if u < 1 - 0.0331 * x * x * x * x { return d * v / rate }
      let logs = NormalMath.logarithm(SIMD8(Float(max(u, 1e-30)), Float(v), 1, 1, 1, 1, 1, 1))
      if Double(logs[0]) < 0.5 * x * x + d * (1 - v + Double(logs[1])) { return d * v / rate }
    }
  }
}
