// Unsafe: memory that several threads write, each to its own part.

import Synchronization

/// A buffer that the blocks of a parallel loop write to, each to its own elements.
///
/// `@unchecked Sendable` because the compiler cannot see that the blocks' elements are disjoint: callers
/// guarantee it.
public struct SharedMutableBuffer<Element>: @unchecked Sendable {
  public let base: UnsafeMutableBufferPointer<Element>

  public init(_ base: UnsafeMutableBufferPointer<Element>) { self.base = base }

  @inlinable
  public subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// The elements of `range` as a separate buffer.
  @inlinable
  public func part(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: base[range])
  }

  /// Puts `value` into uninitialized memory at `index`.
  @inlinable
  public func initialize(_ index: Int, to value: Element) { base.initializeElement(at: index, to: value) }
}

/// Hands out block numbers, each once.
final class BlockCounter: Sendable {
  private let next = Atomic<Int>(0)

  func take(below limit: Int) -> Int? {
    let block = next.add(1, ordering: .relaxed).oldValue
    return block < limit ? block : nil
  }
}
