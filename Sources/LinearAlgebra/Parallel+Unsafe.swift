// Unsafe: memory that several threads write, each its own part.

import Synchronization

/// A buffer that the blocks of one parallel loop write to, each to places of its own.
///
/// `@unchecked Sendable` because the compiler cannot see that the blocks' places are disjoint: that is the promise
/// its users make.
public struct SharedMutableBuffer<Element>: @unchecked Sendable {
  public let base: UnsafeMutableBufferPointer<Element>

  public init(_ base: UnsafeMutableBufferPointer<Element>) { self.base = base }

  @inlinable
  public subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// The elements of `range` as a buffer of their own.
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
