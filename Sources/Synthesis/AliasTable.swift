package import Ratings

/// Draws indices in proportion to weights in constant time (Walker 1977, in Vose's form of 1991).
package struct AliasTable {
  private var thresholds: [Float]
  private var aliases: [Int32]

  /// `weights` must be positive. Complexity: O(weights).
  package init(_ weights: [Float]) {
    let count = weights.count
    let mean = weights.reduce(0.0) { $0 + Double($1) } / Double(count)
    var scaled = weights.map { Double($0) / mean }
    thresholds = [Float](repeating: 1, count: count)
    aliases = (0..<Int32(count)).map { $0 }
    var small: [Int32] = []
    var large: [Int32] = []
    for index in 0..<count {
      if scaled[index] < 1 { small.append(Int32(index)) } else { large.append(Int32(index)) }
    }
    while let less = small.popLast(), let more = large.popLast() {
      thresholds[Int(less)] = Float(scaled[Int(less)])
      aliases[Int(less)] = more
      scaled[Int(more)] -= 1 - scaled[Int(less)]
      if scaled[Int(more)] < 1 { small.append(more) } else { large.append(more) }
    }
  }

  /// One index; a word of 64 random bits gives both the place and the coin.
  package func draw(_ random: inout CounterRandom) -> Int {
    let word = random.next()
    let place = Int((word >> 32 &* UInt64(thresholds.count)) >> 32)
    let coin = Float(UInt32(truncatingIfNeeded: word) >> 8) * 0x1p-24
    return coin < thresholds[place] ? place : Int(aliases[place])
  }
}
