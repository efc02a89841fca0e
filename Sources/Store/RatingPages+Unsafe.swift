// Unsafe: fills pages of a B-tree behind a pointer. A page is `pageSize` bytes, cells grow down from its end and never below the pointers
// to them; a record is copied while its storage lives, and is no longer than `count`.

import Ratings

/// Writes the B-tree of a table of ratings, page after page in the order of the keys.
///
/// An INSERT costs SQLite a microsecond: it walks down the tree and makes room on a page for each row.
/// Rows that come in order need none of that. Pages are full; the record between two pages is in their parent, as in
/// every index tree (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2).
struct RatingPages {
  private let ratings: KeyedRatings
  /// Whether `origin` follows user and movie: 0 in imported rows, 1 in submitted ones.
  private let hasOrigin: Bool
  private let submitted: SubmittedRatings
  /// Where members submitted something: for each row its place in `ratings`, or the complement of that in `submitted`.
  private let order: [Int32]

  /// - Parameter submitted: the rows of the table other than `ratings`.
  init(_ ratings: KeyedRatings, submitted: SubmittedRatings = SubmittedRatings(), in part: RatingPart) {
    self.ratings = ratings
    self.submitted = submitted
    hasOrigin = part == .training
    order = submitted.rows.isEmpty ? [] : Self.order(of: ratings, submitted)
  }

  /// By user, movie and origin.
  private static func order(of ratings: KeyedRatings, _ submitted: SubmittedRatings) -> [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(ratings.table.count + submitted.rows.count)
    var row: Int32 = 0
    for (place, own) in submitted.rows.enumerated() {
      while ratings.key(Int(row)) <= own.key, Int(row) < ratings.table.count {
        order.append(row)
        row += 1
      }
      order.append(~Int32(place))
    }
    return order + (row..<Int32(ratings.table.count))
  }

  private var count: Int { ratings.table.count + submitted.rows.count }

  /// What a level of the tree leaves to the one above: its pages, and the cells between them.
  private struct Level {
    var pages: [UInt32] = []
    var cells: [[UInt8]] = []
  }

  /// Fills the empty table whose root is page `root`.
  ///
  /// - Complexity: O(ratings) time, memory for one row in two hundred.
  func write(root: UInt32, to file: inout DatabaseFile) throws {
    guard count > 0 else { return }
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: file.pageSize, alignment: 16)
    defer { scratch.deallocate() }
    var level = try writeLeaves(root: root, to: &file, scratch)
    while level.pages.count > 1 { level = try writeInterior(level, root: root, to: &file, scratch) }
  }

  /// The leaves hold all records but those between two leaves. A single one is the root.
  private func writeLeaves(
    root: UInt32, to file: inout DatabaseFile, _ scratch: UnsafeMutableRawBufferPointer
  ) throws -> Level {
    var level = Level()
    let count = count
    var page = BTreePage(scratch, kind: .leaf)
    var cell = CellBytes()
    var row = 0
    while row < count {
      encode(row, into: &cell)
      if page.append(cell, child: nil) {
        row += 1
        continue
      }
      // The record that found no room goes between this page and the next, which may not stay empty.
      if row == count - 1 {
        row -= 1
        page.removeLast()
        encode(row, into: &cell)
      }
      level.pages.append(try file.append(page.finish(last: nil)))
      level.cells.append(cell.bytes)
      page = BTreePage(scratch, kind: .leaf)
      row += 1
    }
    let last = page.finish(last: nil)
    if level.pages.isEmpty {
      try file.replace(root, with: last)
      level.pages = [root]
    } else {
      level.pages.append(try file.append(last))
    }
    return level
  }

  /// The pages above `below`: of each cell the child left of it, and the last child in the page's head.
  private func writeInterior(
    _ below: Level, root: UInt32, to file: inout DatabaseFile, _ scratch: UnsafeMutableRawBufferPointer
  ) throws -> Level {
    var level = Level()
    var page = BTreePage(scratch, kind: .interior)
    var position = 0
    while position < below.cells.count {
      if page.append(CellBytes(below.cells[position]), child: below.pages[position]) {
        position += 1
        continue
      }
      if position == below.cells.count - 1 {
        position -= 1
        page.removeLast()
      }
      level.pages.append(try file.append(page.finish(last: below.pages[position])))
      level.cells.append(below.cells[position])
      page = BTreePage(scratch, kind: .interior)
      position += 1
    }
    let last = page.finish(last: below.pages[position])
    if level.pages.isEmpty {
      try file.replace(root, with: last)
      level.pages = [root]
    } else {
      level.pages.append(try file.append(last))
    }
    return level
  }

  /// The record of a row: its length, the types of its columns, their values.
  @inline(__always)
  private func encode(_ row: Int, into cell: inout CellBytes) {
    let place = order.isEmpty ? row : Int(order[row])
    if place >= 0 {
      let table = ratings.table
      encode(ratings.key(place), origin: 0, stars: table.values[place], time: table.times[place], into: &cell)
    } else {
      let own = submitted.rows[~place]
      encode(own.key, origin: 1, stars: own.stars, time: own.time, into: &cell)
    }
  }

  @inline(__always)
  private func encode(_ key: RatingKey, origin: Int64, stars: Float, time: UInt32, into cell: inout CellBytes) {
    let columns = hasOrigin ? 5 : 4
    // Length of the record and of its head, then a byte for each type: none of them needs two.
    cell.begin(head: 1 + columns)
    cell.put(Int64(key.user))
    cell.put(Int64(key.movie))
    if hasOrigin { cell.put(origin) }
    cell.put(stars)
    cell.put(Int64(time))
    cell.end()
  }
}

/// The bytes of one cell without its child: at most 29.
private struct CellBytes: ~Copyable {
  private let storage: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var type = 0

  init() { storage = .allocate(capacity: 64) }

  init(_ bytes: [UInt8]) {
    self.init()
    for (index, byte) in bytes.enumerated() { storage[index] = byte }
    count = bytes.count
  }

  deinit { storage.deallocate() }

  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: storage, count: count)) }

  @inline(__always)
  func copy(to place: UnsafeMutableRawPointer) { place.copyMemory(from: storage, byteCount: count) }

  @inline(__always)
  mutating func begin(head: Int) {
    storage[1] = UInt8(head)
    type = 2
    count = 1 + head
  }

  @inline(__always)
  mutating func end() { storage[0] = UInt8(count - 1) }

  /// A whole number in as few bytes as SQLite gives it; it is not negative.
  @inline(__always)
  mutating func put(_ number: Int64) {
    switch number {
    case 0, 1: storage[type] = UInt8(8 + number)
    case ..<0x80: put(UInt64(number), size: 1, code: 1)
    case ..<0x8000: put(UInt64(number), size: 2, code: 2)
    case ..<0x80_0000: put(UInt64(number), size: 3, code: 3)
    case ..<0x8000_0000: put(UInt64(number), size: 4, code: 4)
    default: put(UInt64(number), size: 6, code: 5)
    }
    type += 1
  }

  /// A REAL column keeps small whole numbers as such.
  @inline(__always)
  mutating func put(_ stars: Float) {
    if stars >= 0, stars < 128, stars == stars.rounded(.towardZero) {
      put(Int64(stars))
    } else {
      put(Double(stars).bitPattern, size: 8, code: 7)
      type += 1
    }
  }

  @inline(__always)
  private mutating func put(_ number: UInt64, size: Int, code: UInt8) {
    storage[type] = code
    for index in 0..<size {
      storage[count + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (size - 1 - index)))
    }
    count += size
  }
}

/// A page of an index tree in the making: cells from its end, their places from its head.
private struct BTreePage {
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
  mutating func append(_ cell: borrowing CellBytes, child: UInt32?) -> Bool {
    let size = cell.count + (child == nil ? 0 : 4)
    guard start - size >= head + 2 * (count + 1), let base = bytes.baseAddress else { return false }
    start -= size
    if let child { (base + start).storeBytes(of: child.bigEndian, as: UInt32.self) }
    cell.copy(to: base + (start + size - cell.count))
    (base + head + 2 * count).storeBytes(of: UInt16(start).bigEndian, as: UInt16.self)
    count += 1
    return true
  }

  mutating func removeLast() {
    guard let base = bytes.baseAddress else { return }
    count -= 1
    let place = base + head + 2 * count
    place.storeBytes(of: 0, as: UInt16.self)
    let above = count == 0 ? bytes.count : Int(UInt16(bigEndian: (place - 2).load(as: UInt16.self)))
    UnsafeMutableRawBufferPointer(rebasing: bytes[start..<above]).initializeMemory(as: UInt8.self, repeating: 0)
    start = above
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
