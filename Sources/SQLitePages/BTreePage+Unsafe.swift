// Unsafe: fills a page behind a pointer that its owner keeps. Cells grow down from the end of the page and never below the pointers to
// them, which grow up behind its head.

/// A page of an index tree in the making: cells from its end, their places from its head.
struct BTreePage {
  enum Kind: UInt8 {
    case interior = 2
    case leaf = 10
  }

  private let bytes: UnsafeMutableRawBufferPointer
  private let head: Int
  private var count = 0
  /// Where the cells begin.
  private var start: Int

  init(_ bytes: UnsafeMutableRawBufferPointer, kind: Kind) {
    self.bytes = bytes
    head = kind == .leaf ? 8 : 12
    start = bytes.count
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
    bytes[0] = kind.rawValue
  }

  /// Adds a cell after all others; false if there is no room.
  @inline(__always)
  mutating func append(_ record: UnsafeRawBufferPointer, child: UInt32? = nil) -> Bool {
    let size = record.count + (child == nil ? 0 : 4)
    guard start - size >= head + 2 * (count + 1), let base = bytes.baseAddress else { return false }
    start -= size
    if let child { (base + start).storeBytes(of: child.bigEndian, as: UInt32.self) }
    if let source = record.baseAddress {
      (base + (start + size - record.count)).copyMemory(from: source, byteCount: record.count)
    }
    (base + head + 2 * count).storeBytes(of: UInt16(start).bigEndian, as: UInt16.self)
    count += 1
    return true
  }

  /// Removes the last cell; of a leaf that is its record.
  @discardableResult
  mutating func removeLast() -> [UInt8] {
    guard count > 0, let base = bytes.baseAddress else { return [] }
    count -= 1
    let place = base + head + 2 * count
    place.storeBytes(of: 0, as: UInt16.self)
    let above = count == 0 ? bytes.count : Int(UInt16(bigEndian: (place - 2).load(as: UInt16.self)))
    let cell = UnsafeMutableRawBufferPointer(rebasing: bytes[start..<above])
    defer { cell.initializeMemory(as: UInt8.self, repeating: 0) }
    start = above
    return Array(cell)
  }

  /// The page as it goes into the file; `last` is the child behind all cells.
  func finish(last: UInt32?) -> UnsafeRawBufferPointer {
    if let base = bytes.baseAddress {
      (base + 3).storeBytes(of: UInt16(count).bigEndian, as: UInt16.self)
      // A page of 65,536 bytes would write 0 here; ours are smaller.
      (base + 5).storeBytes(of: UInt16(start).bigEndian, as: UInt16.self)
      if let last { (base + 8).storeBytes(of: last.bigEndian, as: UInt32.self) }
    }
    return UnsafeRawBufferPointer(bytes)
  }
}
