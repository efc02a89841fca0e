// Unsafe: owns an array of at least one number, written in `init` and only read afterwards; whoever reads it checks `count` first.

/// Where each symbol stands in a schema: one load per look-up, by the pointer that each object has (`TemplateValues`).
///
/// Unchecked: the memory is written in `init` and only read afterwards.
final class SlotTable: @unchecked Sendable {
  /// The place of symbol s, or -1, for s below `count`; symbols from there on have none.
  let slots: UnsafeMutablePointer<Int16>
  let count: Int32

  init(_ symbols: [Int32]) {
    precondition(symbols.count <= Int(Int16.max), "a page model has more fields than a template can address")
    count = (symbols.max() ?? -1) + 1
    slots = .allocate(capacity: max(1, Int(count)))
    slots.initialize(repeating: -1, count: max(1, Int(count)))
    for (slot, symbol) in symbols.enumerated() { slots[Int(symbol)] = Int16(slot) }
  }

  deinit { slots.deallocate() }
}
