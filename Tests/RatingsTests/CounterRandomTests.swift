import Ratings
import Testing

struct CounterRandomTests {
  @Test func `The same key gives the same numbers and another key others`() {
    func draws(_ seed: UInt64, _ stream: UInt64 = 0, _ substream: UInt64 = 0) -> [UInt64] {
      var random = CounterRandom(seed: seed, stream: stream, substream: substream)
      return (0..<8).map { _ in random.next() }
    }
    #expect(draws(1) == draws(1))
    let keys: [(UInt64, UInt64, UInt64)] = [
      (1, 0, 0), (2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1), (0, 0, 0), (0, 0, 1), (0, 1, 0),
    ]
    let all: [UInt64] = keys.flatMap { draws($0.0, $0.1, $0.2) }
    #expect(Set(all).count == all.count)
  }

  @Test func `The finalizer is SplitMix64's`() {
    // The first outputs of SplitMix64 from state 0, as the reference implementation prints them.
    #expect(CounterRandom.mix(0) == 0xe220_a839_7b1d_cdaf)
    #expect(CounterRandom.mix(0x9e37_79b9_7f4a_7c15) == 0x6e78_9e6a_a1b9_65f4)
  }

  @Test("Uniform numbers are uniform", arguments: 0..<8)
  func uniform(stream: UInt64) {
    var random = CounterRandom(seed: 5, stream: stream)
    let count = 20_000
    var bins = [Int](repeating: 0, count: 20)
    var sum = 0.0
    for _ in 0..<count {
      let number = random.uniform()
      #expect((0..<1).contains(number))
      bins[Int(number * 20)] += 1
      sum += number
    }
    // Mean 1/2 with standard deviation 1/sqrt(12 n); chi squared of 19 degrees of freedom is above 50 once in 7,000.
    #expect(abs(sum / Double(count) - 0.5) < 4.5 / (12 * Double(count)).squareRoot())
    let expected = Double(count) / 20
    let chiSquared = bins.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    #expect(chiSquared < 50)
  }

  @Test func `Neighbouring streams do not go together`() {
    var sum = 0.0
    let count = 20_000
    for stream in 0..<UInt64(count) {
      var a = CounterRandom(seed: 9, stream: stream)
      var b = CounterRandom(seed: 9, stream: stream + 1)
      sum += (a.uniform() - 0.5) * (b.uniform() - 0.5)
    }
    // Products of independent uniform numbers have variance 1/144.
    #expect(abs(sum / Double(count)) < 4.5 / (144 * Double(count)).squareRoot())
  }

  @Test("Indices cover their range evenly", arguments: [1, 2, 3, 7, 100])
  func indices(bound: Int) {
    var random = CounterRandom(seed: 31)
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<(1_000 * bound) { counts[random.index(below: bound)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1_000) < 160 })
  }

  @Test func `Normal numbers have the moments of the normal distribution`() {
    var random = CounterRandom(seed: 17)
    var numbers: [Double] = []
    for _ in 0..<50_000 {
      let (x, y) = random.normalPair()
      numbers += [x, y]
    }
    let count = Double(numbers.count)
    func moment(_ power: Int) -> Double {
      numbers.reduce(0) { sum, x in sum + (0..<power).reduce(1) { product, _ in product * x } } / count
    }
    #expect(abs(moment(1)) < 0.015)
    #expect(abs(moment(2) - 1) < 0.02)
    #expect(abs(moment(3)) < 0.05)
    #expect(abs(moment(4) - 3) < 0.15)
    // 68.27 % lie within one standard deviation.
    #expect(abs(Double(numbers.filter { abs($0) < 1 }.count) / count - 0.6827) < 0.007)
    let products = stride(from: 0, to: numbers.count, by: 2).reduce(0) { $0 + numbers[$1] * numbers[$1 + 1] }
    #expect(abs(products / (count / 2)) < 0.02)
  }
}
