/// Rows of different lengths in one flat array.
public struct Ragged<Element: BitwiseCopyable & Sendable>: Sendable {
  /// `rowCount + 1` positions, starting at 0.
  public private(set) var offsets: [Int]
  public private(set) var elements: [Element]

  public init() {
    offsets = [0]
    elements = []
  }

  public init(offsets: [Int], elements: [Element]) {
    precondition(offsets.first == 0 && offsets.last == elements.count, "offsets must cover all elements")
    self.offsets = offsets
    self.elements = elements
  }

  public var rowCount: Int { offsets.count - 1 }

  public subscript(row: Int) -> ArraySlice<Element> { elements[offsets[row]..<offsets[row + 1]] }

  public mutating func appendRow(_ row: some Sequence<Element>) {
    elements.append(contentsOf: row)
    offsets.append(elements.count)
  }
}

extension Ragged: Equatable where Element: Equatable {}
