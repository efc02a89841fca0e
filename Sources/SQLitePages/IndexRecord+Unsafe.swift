// Unsafe: writes into memory of its own, allocated in `init` for the longest record; `count` and `type` stay within it as long as no more
// columns are put than `begin` was told.

/// A record of an index tree in the making: its length, the types of its columns, their values (section 2.1 of the format).
///
/// Columns are whole numbers that are not negative, and stars. At most six of them.
package struct IndexRecord: ~Copyable {
  @usableFromInline let storage: UnsafeMutablePointer<UInt8>
  @usableFromInline var count = 0
  @usableFromInline var type = 0

  /// Its length, the length of its head, and for each column a type and at most eight bytes.
  @usableFromInline static let mostColumns = 6
  @usableFromInline static let capacity = 2 + 9 * mostColumns

  package init() { storage = .allocate(capacity: Self.capacity) }

  deinit { storage.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: storage, count: count) }

  /// Begins a record with this number of columns, which are put behind one another before `end`.
  @inlinable @inline(__always)
  package mutating func begin(columns: Int) {
    precondition(columns <= Self.mostColumns)
    // None of the lengths and types needs two bytes.
    storage[1] = UInt8(1 + columns)
    type = 2
    count = 2 + columns
  }

  @inlinable @inline(__always)
  package mutating func end() { storage[0] = UInt8(count - 1) }

  /// A whole number from 0 to 2⁴⁷ − 1, in as few bytes as SQLite gives it.
  @inlinable @inline(__always)
  package mutating func put(_ number: Int64) {
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
  @inlinable @inline(__always)
  package mutating func put(_ stars: Float) {
    if stars >= 0, stars < 128, stars == stars.rounded(.towardZero) {
      put(Int64(stars))
    } else {
      put(Double(stars).bitPattern, size: 8, code: 7)
      type += 1
    }
  }

  @inlinable @inline(__always)
  mutating func put(_ number: UInt64, size: Int, code: UInt8) {
    storage[type] = code
    for index in 0..<size {
      storage[count + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (size - 1 - index)))
    }
    count += size
  }
}
