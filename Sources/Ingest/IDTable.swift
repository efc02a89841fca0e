import Ratings

/// Assigns dense indices to ids in the order of their first occurrence.
///
/// Ids follow the rules of `SourceID`: up to 18 digits without a leading zero are a number, everything else is text.
/// A lookup creates no string and costs O(1).
struct IDTable {
  /// The ids by index.
  private(set) var ids: [SourceID] = []
  /// Whether some of them are texts.
  private(set) var hasTexts = false

  /// Indices of small numbers, by number; -1 for none.
  private var small: [Int32] = []
  private static let smallLimit = 1 << 22

  /// Open addressing with linear probing over a power of two of slots, at most half of them taken: indices into
  /// `ids`, -1 where free. Texts are compared by their bytes, which are stored consecutively in `arena`.
  private var slots = [Int32](repeating: -1, count: 64)
  private var hashed = 0
  private var hashes: [UInt64] = []
  private var textStarts: [Int] = []
  private var arena: [UInt8] = []

  var count: Int { ids.count }

  /// The index of a number, a new one if necessary.
  mutating func index(of number: Int64) -> Int32 {
    if number >= 0, number < Self.smallLimit {
      let position = Int(number)
      if position >= small.count {
        let size = min(Self.smallLimit, max(position + 1, 2 * small.count, 4_096))
        small.append(contentsOf: repeatElement(-1, count: size - small.count))
      }
      if small[position] >= 0 { return small[position] }
      small[position] = append(.number(number), hash: 0)
      return small[position]
    }
    let hash = CounterRandom.mix(UInt64(bitPattern: number))
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = slots[slot]
      if hashes[Int(index)] == hash, ids[Int(index)] == .number(number) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(.number(number), hash: hash, at: slot)
  }

  /// The index of a text, a new one if necessary.
  mutating func index(ofText bytes: Span<UInt8>) -> Int32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
    hash = CounterRandom.mix(hash)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = slots[slot]
      if hashes[Int(index)] == hash, isText(Int(index), bytes) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    var copy: [UInt8] = []
    for index in bytes.indices { copy.append(bytes[index]) }
    let index = insert(.text(String(decoding: copy, as: UTF8.self)), hash: hash, at: slot)
    arena.append(contentsOf: copy)
    return index
  }

  /// The index of an id, a new one if necessary.
  mutating func index(of id: SourceID) -> Int32 {
    switch id {
    case .number(let number): return index(of: number)
    case .text(let text):
      let bytes = Array(text.utf8)
      return index(ofText: bytes.span)
    }
  }

  private func isText(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    guard case .text = ids[index] else { return false }
    let start = textStarts[index]
    let end = index + 1 < textStarts.count ? textStarts[index + 1] : arena.count
    guard end - start == bytes.count else { return false }
    for offset in bytes.indices where arena[start + offset] != bytes[offset] { return false }
    return true
  }

  private mutating func append(_ id: SourceID, hash: UInt64) -> Int32 {
    ids.append(id)
    if case .text = id { hasTexts = true }
    hashes.append(hash)
    textStarts.append(arena.count)
    return Int32(ids.count - 1)
  }

  private mutating func insert(_ id: SourceID, hash: UInt64, at slot: Int) -> Int32 {
    let index = append(id, hash: hash)
    slots[slot] = index
    hashed += 1
    if 2 * hashed > slots.count { grow() }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = [Int32](repeating: -1, count: 2 * old.count)
    for index in old where index >= 0 {
      var slot = Int(truncatingIfNeeded: hashes[Int(index)]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = index
    }
  }
}

extension IDTable {
  /// The index of the id in `field`, a new one if necessary; with `isDecimal` the id 1917 is written as `1917.0`.
  mutating func index(
    of field: Fields.Field, in line: Span<UInt8>, column: LineFlaw.Column, isDecimal: Bool = false
  ) throws(LineFlaw) -> Int32 {
    let range = isDecimal ? Bytes.withoutFraction(line, field.range) : field.range
    if range.isEmpty { throw .emptyID(column) }
    if range.count == 2, line[range.lowerBound] == 0x5c, line[range.lowerBound + 1] == 0x4e { throw .emptyID(column) }
    if range.count == 1 || line[range.lowerBound] != 0x30, let number = Bytes.digits(line, range) {
      return index(of: number)
    }
    if range.count > SourceID.maximumLength { throw .longID(column, range.count) }
    var isASCII = field.escape == 0
    for index in range {
      if line[index] < 0x20 || line[index] == 0x7f { throw .controlCharacter(column) }
      if line[index] >= 0x80 { isASCII = false }
    }
    if isASCII { return index(ofText: line.extracting(range)) }
    var fields = Fields()
    fields.append(field)
    let id = SourceID(Text.decoded(fields.bytes(0, of: line)))
    // Latin-1 letters become two bytes in UTF-8.
    let length = id.description.utf8.count
    if length > SourceID.maximumLength { throw .longID(column, length) }
    if length == 0 { throw .emptyID(column) }
    return index(of: id)
  }
}
