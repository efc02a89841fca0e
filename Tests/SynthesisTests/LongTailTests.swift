import Ratings
import Synthesis
import Testing

@Suite("Long tails")
struct LongTailTests {
  @Test(arguments: [
    (sum: 1_000, minimum: 1, maximum: 1_000), (100, 1, 1), (5_000, 20, 200), (20_000, 0, 200), (137, 0, 9),
    (100, 0, 100),
  ])
  func `counts add up and keep their bounds`(sum: Int, minimum: Int, maximum: Int) {
    let weights = LongTail.weights(100, spread: 2, random: CounterRandom(seed: 4))
    let counts = LongTail.counts(weights, sum: sum, minimum: minimum, maximum: maximum)
    #expect(counts.reduce(0, +) == sum)
    #expect(counts.allSatisfy { (minimum...maximum).contains($0) })
  }

  @Test func `heavier weights get larger counts`() {
    let counts = LongTail.counts([1, 10, 100, 1_000], sum: 2_000, minimum: 1, maximum: 5_000)
    #expect(counts == counts.sorted() && counts[3] > 1_000)
  }

  @Test func `an alias table draws in proportion`() {
    let table = AliasTable([1, 2, 0.5, 4.5])
    var random = CounterRandom(seed: 3)
    var counts = [0, 0, 0, 0]
    for _ in 0..<80_000 { counts[table.draw(&random)] += 1 }
    for (count, expected) in zip(counts, [10_000, 20_000, 5_000, 45_000]) { #expect(abs(count - expected) < 700) }
  }

  @Test func `the smallest numbers come to the front`() {
    var random = CounterRandom(seed: 2)
    for count in 1..<60 {
      let numbers = Set((0..<count).map { _ in random.next() % 1_000 })
      for wanted in 0...numbers.count {
        var moved = numbers.sorted().shuffled(using: &random)
        moved.moveSmallestToFront(wanted)
        #expect(moved.prefix(wanted).sorted() == Array(numbers.sorted().prefix(wanted)))
        #expect(Set(moved) == numbers)
      }
    }
  }

  @Test(arguments: [1e-300, 1e-10, 0.3, 0.999_999, 1, 1.5, 2.718_281_828_459_045, 1e10, 1e300])
  func `logarithm and exponential undo each other`(x: Double) {
    let back = PlainMath.exponential(PlainMath.logarithm(x))
    #expect(abs(back - x) <= 2e-13 * x)
  }

  @Test func `e has its digits`() {
    #expect(abs(PlainMath.exponential(1) - 2.718_281_828_459_045) < 1e-15)
    #expect(PlainMath.exponential(0) == 1)
    #expect(PlainMath.logarithm(1) == 0)
  }

  @Test func `titles fit into Latin-1, most of them different`() {
    var random = CounterRandom(seed: 1)
    let titles = (0..<2_000).map { _ in SyntheticTitles.title(&random) }
    #expect(titles.allSatisfy { $0.unicodeScalars.allSatisfy { (0x20...0xff).contains($0.value) } })
    #expect(Set(titles).count > 1_700)
    #expect(
      titles.contains { $0.contains(",") } && titles.contains { $0.contains("\"") }
        && titles.contains { $0.contains("é") })
    #expect(SyntheticTitles.articleLast("The Silent Harbor") == "Silent Harbor, The")
    #expect(SyntheticTitles.articleLast("Theater") == "Theater")
  }
}
