import LinearAlgebra
import Synchronization
import Testing

@Suite struct ThreadCountTests {
  @Test(arguments: [1, 2, 7], [0, 1, 5, 64, 65])
  func `every index is visited once, in blocks of the given size`(threads: Int, count: Int) {
    let visits = Mutex([Int](repeating: 0, count: count))
    let sizes = Mutex<[Int]>([])
    ThreadCount(threads).forEachBlock(of: count, blockSize: 8) { block in
      visits.withLock { for index in block { $0[index] += 1 } }
      sizes.withLock { $0.append(block.count) }
    }
    #expect(visits.withLock { $0.allSatisfy { $0 == 1 } })
    #expect(sizes.withLock { $0.sorted(by: >).dropLast().allSatisfy { $0 == 8 } })
  }

  @Test(arguments: [1, 2, 7])
  func `two tasks give what each alone gives, with loops of their own`(threads: Int) {
    let threads = ThreadCount(threads)
    let sum = { @Sendable (factor: Int) in threads.map(1000, blockSize: 10) { $0 * factor }.reduce(0, +) }
    #expect(threads.both({ sum(1) }, { sum(2) }) == (499_500, 999_000))
  }

  @Test func `map keeps the order`() {
    #expect(ThreadCount(3).map(100, blockSize: 7) { $0 * $0 } == (0..<100).map { $0 * $0 })
  }

  @Test func `there is at least one thread`() {
    #expect(ThreadCount(0).value == 1)
    #expect(ThreadCount(-4).value == 1)
    #expect(ThreadCount.allCores.value >= 1)
  }
}
