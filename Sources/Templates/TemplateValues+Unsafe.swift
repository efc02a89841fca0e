// Unsafe: each owns its memory from `init` to `deinit`. The builder's first `count` values are initialized, of at most `capacity`; those of
// `TemplateValues` all are, and nothing changes them, so that pointers to them hold in any thread for as long as it lives.

/// The values of an object, or the items of a list, which stay where they are.
///
/// Sharing it between threads is safe without a check by the compiler, as nothing about it changes after `init`.
public final class TemplateValues: @unchecked Sendable {
  let start: UnsafeMutablePointer<TemplateValue>
  public let count: Int
  /// What declares the values of an object; nil for a list. It is kept here, so that an object is one reference.
  let schema: TemplateSchema?
  /// The schema's table of places, for as long as it lives: renderings ask for it with every object, and threads would write to the
  /// same reference counts on the way there.
  let slots: UnsafePointer<Int16>?
  let slotCount: Int32

  @usableFromInline init(start: UnsafeMutablePointer<TemplateValue>, count: Int, schema: TemplateSchema?) {
    assert(schema.map { $0.fields.count == count } ?? true, "a field of \(schema?.name ?? "") did not fill its place")
    self.start = start
    self.count = count
    self.schema = schema
    slots = schema.map { UnsafePointer($0.slots.slots) }
    slotCount = schema?.slots.count ?? 0
  }

  /// - Complexity: O(values).
  package convenience init(_ values: [TemplateValue], schema: TemplateSchema? = nil) {
    let start = UnsafeMutablePointer<TemplateValue>.allocate(capacity: values.count)
    values.withUnsafeBufferPointer { values in
      if let first = values.baseAddress { start.initialize(from: first, count: values.count) }
    }
    self.init(start: start, count: values.count, schema: schema)
  }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }
}

extension TemplateValues: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(position: Int) -> TemplateValue {
    precondition((0..<count).contains(position))
    return start[position]
  }
}

/// Values that are still being made.
@frozen public struct TemplateValuesBuilder: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<TemplateValue>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int

  /// - Parameter capacity: how many values there will be, as far as that is known.
  @inlinable public init(capacity: Int) {
    self.capacity = max(1, capacity)
    start = .allocate(capacity: self.capacity)
  }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }

  @inlinable public mutating func append(_ value: consuming TemplateValue) {
    if count == capacity { grow() }
    (start + count).initialize(to: value)
    count += 1
  }

  @usableFromInline mutating func grow() {
    let wider = UnsafeMutablePointer<TemplateValue>.allocate(capacity: 2 * capacity)
    wider.moveInitialize(from: start, count: count)
    start.deallocate()
    start = wider
    capacity *= 2
  }

  /// The values, which are given over.
  ///
  /// - Parameter schema: what declares them as those of an object; nil for a list.
  @inlinable public consuming func finish(_ schema: TemplateSchema? = nil) -> TemplateValues {
    let values = TemplateValues(start: start, count: count, schema: schema)
    discard self
    return values
  }
}
