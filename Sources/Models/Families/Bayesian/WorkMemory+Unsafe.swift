// Unsafe: owns memory for `count` values from `init`, which fills it, to `deinit`. Places are within 0..<count: the caller's promise.

/// Memory that lives as long as its owner, written by the blocks of parallel loops.
///
/// `@unchecked Sendable` because the compiler cannot see that the blocks write to disjoint places: that is the
/// promise its users make.
final class WorkMemory<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ count: Int, filledWith value: Element) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: value, count: count)
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    get { base[index] }
    set { base[index] = newValue }
  }

  var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
