/// Rows of different lengths in one flat array.
public struct Ragged<Element: BitwiseCopyable & Sendable>: Sendable {
  /// `rowCount + 1` positions, starting at 0.
  public private(set) var offsets: [Int]
  public private(set) var elements: [Element]

  /// No rows.
  public init() {
    offsets = [0]
    elements = []
  }

  /// Rows that lie one behind the other in `elements`; `offsets` begins with 0 and ends with their number.
  public init(offsets: [Int], elements: [Element]) {
    precondition(offsets.first == 0 && offsets.last == elements.count, "offsets must cover all elements")
    self.offsets = offsets
    self.elements = elements
  }

  /// The number of rows.
  public var rowCount: Int { offsets.count - 1 }

  /// One row, whose indices are those of `elements`.
  public subscript(row: Int) -> ArraySlice<Element> { elements[offsets[row]..<offsets[row + 1]] }

  /// Appends a row. Complexity: amortized O(its length).
  public mutating func appendRow(_ row: some Sequence<Element>) {
    elements.append(contentsOf: row)
    offsets.append(elements.count)
  }
}

extension Ragged {
  /// The rows of all `parts` in order; each part is released as soon as it is copied.
  public init(joining parts: consuming [Ragged]) {
    self.init()
    offsets.reserveCapacity(parts.reduce(1) { $0 + $1.rowCount })
    elements.reserveCapacity(parts.reduce(0) { $0 + $1.elements.count })
    for index in parts.indices {
      let start = elements.count
      elements.append(contentsOf: parts[index].elements)
      for offset in parts[index].offsets.dropFirst() { offsets.append(start + offset) }
      parts[index] = Ragged()
    }
  }
}

extension Ragged: Equatable where Element: Equatable {}
