import Platform
import Synchronization
import Testing

@Suite struct `A thread of the system` {
  @Test func `runs its task once, is waited for, and keeps nothing of it`() {
    final class Counter: Sendable { let value = Mutex(0) }
    var counter: Counter? = Counter()
    weak let kept = counter
    var sums: [Int] = []
    for _ in 0..<50 {
      guard let counter, let thread = SystemThread({ counter.value.withLock { $0 += 1 } }) else {
        Issue.record("the system gives no thread")
        return
      }
      thread.wait()
      sums.append(counter.value.withLock { $0 })
    }
    #expect(sums == Array(1...50))
    counter = nil
    #expect(kept == nil)
  }
}
