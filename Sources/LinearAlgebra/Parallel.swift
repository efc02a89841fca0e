import Dispatch

/// Runs a loop on several threads.
///
/// The one level of threads in the project: BLAS itself stays on one thread (`OpenBLAS`), so that a result never
/// depends on how many threads there are.
public struct ThreadCount: Sendable, Hashable {
  public let value: Int

  /// `value` threads; at least one.
  public init(_ value: Int) { self.value = max(1, value) }

  /// One thread for each core.
  public static var allCores: ThreadCount { ThreadCount(availableCores()) }

  private static func availableCores() -> Int { ProcessorCount.active }

  /// Calls `body` for consecutive blocks of at most `blockSize` of 0..<`count`, on up to this many threads.
  ///
  /// The blocks depend on `count` and `blockSize` alone, so whatever a block computes by itself is the same for any
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

  /// The results of `body` for 0..<`count`, in order. `body` should be worth a thread's while: microseconds or more.
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
