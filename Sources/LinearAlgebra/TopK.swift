/// The best of a stream of scored indices: a bounded heap with the worst kept one on top.
///
/// Of equal scores the lower index wins, so that a list does not depend on the scan order.
public struct TopK: Sendable {
  /// An index and its score.
  public struct Entry: Sendable, Equatable, BitwiseCopyable {
    public var index: Int32
    public var score: Float

    public init(index: Int32, score: Float) {
      self.index = index
      self.score = score
    }

    /// Whether this entry comes before `other` in a list.
    @inlinable
    public func precedes(_ other: Entry) -> Bool {
      score > other.score || (score == other.score && index < other.index)
    }
  }

  public let capacity: Int
  @usableFromInline var heap: [Entry] = []

  /// Keeps the best `capacity` entries.
  public init(_ capacity: Int) {
    self.capacity = capacity
    heap.reserveCapacity(capacity)
  }

  /// The score that an entry must exceed to be kept; -infinity while there is room.
  @inlinable
  public var threshold: Float { heap.count < capacity ? -.infinity : capacity == 0 ? .infinity : heap[0].score }

  /// Offers an entry; NaN scores are skipped. Complexity: O(log capacity).
  @inlinable
  public mutating func offer(_ index: Int32, _ score: Float) {
    let entry = Entry(index: index, score: score)
    if heap.count < capacity {
      guard !score.isNaN else { return }
      heap.append(entry)
      siftUp(heap.count - 1)
    } else if capacity > 0, entry.precedes(heap[0]) {
      heap[0] = entry
      siftDown(0)
    }
  }

  /// Returns the kept entries, best first, and empties the heap. Complexity: O(capacity log capacity).
  public mutating func take() -> [Entry] {
    let sorted = heap.sorted { $0.precedes($1) }
    heap.removeAll(keepingCapacity: true)
    return sorted
  }

  @usableFromInline
  mutating func siftUp(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var child = start
      while child > 0 {
        let parent = (child - 1) / 2
        guard heap[parent].precedes(heap[child]) else { return }
        heap.swapAt(parent, child)
        child = parent
      }
    }
  }

  @usableFromInline
  mutating func siftDown(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      let entry = heap[start]
      var parent = start
      while true {
        var worst = 2 * parent + 1
        guard worst < heap.count else { break }
        if worst + 1 < heap.count, heap[worst].precedes(heap[worst + 1]) { worst += 1 }
        guard entry.precedes(heap[worst]) else { break }
        heap[parent] = heap[worst]
        parent = worst
      }
      heap[parent] = entry
    }
  }
}
