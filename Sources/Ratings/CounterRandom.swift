/// Random numbers that are a function of a key and a counter, not of previous draws.
///
/// Draw number *n* of the stream *(seed, stream)* is `mix` (the finalizer of SplitMix64, Steele et al. 2014) of
/// the key and *n*. Threads that draw from separate streams, keyed by row, get the same numbers, however
/// many threads there are.
public struct CounterRandom: RandomNumberGenerator, Sendable {
  /// The number of draws so far, the only state: for kernels that draw many at once.
  public let key: UInt64
  public private(set) var counter: UInt64 = 0

  /// A separate stream for each `(seed, stream, substream)`.
  public init(seed: UInt64, stream: UInt64 = 0, substream: UInt64 = 0) {
    key = Self.mix(Self.mix(Self.mix(seed &+ 0x9e37_79b9_7f4a_7c15) ^ stream) &+ substream &* 0xd1b5_4a32_d192_ed03)
  }

  /// The finalizer of SplitMix64: a bijection of 64-bit words without visible structure.
  @inlinable
  public static func mix(_ word: UInt64) -> UInt64 {
    var z = word &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  public mutating func next() -> UInt64 {
    counter &+= 1
    return Self.mix(key &+ counter &* 0x9e37_79b9_7f4a_7c15)
  }

  /// Skips `count` draws that were made elsewhere.
  public mutating func skip(_ count: Int) { counter &+= UInt64(count) }

  /// A number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A whole number in 0..<`bound`, without bias (Lemire 2019). `bound` must be positive.
  public mutating func index(below bound: Int) -> Int {
    Int(next(upperBound: UInt64(bound)))
  }

  /// Two independent standard normal numbers (Marsaglia's polar method).
  public mutating func normalPair() -> (Double, Double) {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * PlainMath.logarithm(square) / square).squareRoot()
      return (x * factor, y * factor)
    }
  }
}
