import Dispatch
import Platform
import Synchronization

/// Runs a loop on several threads.
///
/// The only level of threads in the project: BLAS stays on one thread (`OpenBLAS`), so that results never
/// depend on the number of threads.
public struct ThreadCount: Sendable, Hashable {
  public let value: Int

  /// `value` threads; at least one.
  public init(_ value: Int) { self.value = max(1, value) }

  /// One thread for each core.
  public static var allCores: ThreadCount { ThreadCount(availableCores()) }

  private static func availableCores() -> Int { ProcessorCount.active }

  /// Calls `body` for consecutive blocks of at most `blockSize` of 0..<`count`, on up to this many threads.
  ///
  /// The blocks depend only on `count` and `blockSize`, so what a block computes is the same for any
  /// number of threads. Bodies may not write to the same memory.
  public func forEachBlock(of count: Int, blockSize: Int, _ body: @Sendable (Range<Int>) -> Void) {
    precondition(blockSize > 0, "blocks must hold something")
    let blocks = (count + blockSize - 1) / blockSize
    let range = { @Sendable (block: Int) in block * blockSize..<min(count, (block + 1) * blockSize) }
    guard value > 1, blocks > 1 else {
      for block in 0..<blocks { body(range(block)) }
      return
    }
    let next = BlockCounter()
    DispatchQueue.concurrentPerform(iterations: min(value, blocks)) { _ in
      while let block = next.take(below: blocks) { body(range(block)) }
    }
  }

  /// The results of two independent tasks, run at the same time: one that keeps a single thread busy for most of its time, and
  /// one that runs parallel loops itself.
  ///
  /// The first gets a thread that is none of Dispatch's: loops of a task of its own would all run on one thread.
  public func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    guard value > 1 else { return (first(), second()) }
    let result = Mutex<First?>(nil)
    let other = withoutActuallyEscaping(first) { first in
      let task = { @Sendable in
        let value = first()
        result.withLock { $0 = value }
      }
      guard let thread = SystemThread(task) else {
        task()
        return second()
      }
      let other = second()
      thread.wait()
      return other
    }
    guard let first = result.withLock({ $0 }) else { preconditionFailure("the task has ended") }
    return (first, other)
  }

  /// The results of `body` for the blocks of 0..<`count`, in order.
  public func mapBlocks<Result: Sendable>(
    of count: Int, blockSize: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    map((count + blockSize - 1) / blockSize) { body($0 * blockSize..<min(count, ($0 + 1) * blockSize)) }
  }

  /// The results of `body` for 0..<`count`, in order. `body` should take microseconds or more.
  public func map<Result: Sendable>(_ count: Int, blockSize: Int = 1, _ body: @Sendable (Int) -> Result) -> [Result] {
    [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      let results = SharedMutableBuffer(buffer)
      forEachBlock(of: count, blockSize: blockSize) { range in
        for index in range { results.initialize(index, to: body(index)) }
      }
      initialized = count
    }
  }
}
