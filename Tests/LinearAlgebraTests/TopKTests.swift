import LinearAlgebra
import Ratings
import Testing

@Suite struct TopKTests {
  @Test(arguments: [0, 1, 2, 5, 20, 100])
  func `the best come out as a full sort has them`(capacity: Int) {
    var random = CounterRandom(seed: UInt64(capacity))
    for count in [0, 1, 3, 50] {
      // Few different scores, so that there are ties.
      let entries = (0..<count).map { TopK.Entry(index: Int32($0), score: Float(random.index(below: 8))) }
      var top = TopK(capacity)
      for entry in entries { top.offer(entry.index, entry.score) }
      let expected = entries.sorted { $0.precedes($1) }.prefix(capacity)
      #expect(top.take() == Array(expected))
      #expect(top.take().isEmpty)
    }
  }

  @Test(arguments: [0, 1, 3, 16, 20])
  func `offered all at once they are the same`(capacity: Int) {
    var random = CounterRandom(seed: UInt64(capacity))
    for count in [0, 1, 15, 16, 17, 31, 32, 33, 200] {
      let scores = (0..<count).map { index -> Float in
        index % 11 == 3 ? -.infinity : index % 13 == 5 ? .nan : Float(random.index(below: 30))
      }
      var one = TopK(capacity)
      for (index, score) in scores.enumerated() where score > -.infinity { one.offer(Int32(index), score) }
      var all = TopK(capacity)
      scores.withUnsafeBufferPointer { all.offer($0) }
      #expect(all.take() == one.take())
    }
  }

  @Test func `a score that is not a number is skipped`() {
    var top = TopK(2)
    top.offer(0, .nan)
    top.offer(1, 1)
    top.offer(2, 2)
    top.offer(3, .nan)
    #expect(top.take().map(\.index) == [2, 1])
  }

  @Test func `the threshold is what must be exceeded`() {
    var top = TopK(2)
    #expect(top.threshold == -.infinity)
    top.offer(0, 3)
    top.offer(1, 5)
    #expect(top.threshold == 3)
    #expect(TopK(0).threshold == .infinity)
  }
}
