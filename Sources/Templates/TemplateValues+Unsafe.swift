// Unsafe: each owns its memory from `init` to `deinit`. The builder's first `count` values are initialized, of at most `capacity`; those of
// `TemplateValues` all are, and nothing changes them, so that pointers to them hold in any thread for as long as it lives. A `SharedText` points into
// `texts` of the values that it is one of, and holds as long as they do: a rendering keeps its page model, and that keeps them.

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
  /// The bytes of the texts, of values that many pages show.
  private let texts: UnsafeMutablePointer<UInt8>?

  @usableFromInline convenience init(start: UnsafeMutablePointer<TemplateValue>, count: Int, schema: TemplateSchema?) {
    self.init(start: start, count: count, schema: schema, texts: nil)
  }

  private init(
    start: UnsafeMutablePointer<TemplateValue>, count: Int, schema: TemplateSchema?, texts: UnsafeMutablePointer<UInt8>?
  ) {
    assert(schema.map { $0.fields.count == count } ?? true, "a field of \(schema?.name ?? "") did not fill its place")
    self.start = start
    self.count = count
    self.schema = schema
    slots = schema.map { UnsafePointer($0.slots.slots) }
    slotCount = schema?.slots.count ?? 0
    self.texts = texts
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
    texts?.deallocate()
  }

  /// The same values for many pages: renderings in several threads print their texts without counting references, which costs each of
  /// them far more than the text where others count at the same time.
  ///
  /// - Complexity: O(values + bytes of texts).
  @usableFromInline func shared() -> TemplateValues {
    let copies = UnsafeMutablePointer<TemplateValue>.allocate(capacity: count)
    let texts = UnsafeMutablePointer<UInt8>.allocate(capacity: reduce(0) { $0 + ($1.text?.utf8.count ?? 0) })
    var end = texts
    for (place, value) in enumerated() {
      let copy: TemplateValue
      switch value {
      case .text, .sharedText:
        let first = end
        for byte in (value.text ?? "").utf8 {
          end.initialize(to: byte)
          end += 1
        }
        copy = .sharedText(SharedText(start: first, count: end - first))
      case .list(let items): copy = .list(items.shared())
      case .object(let object): copy = .object(TemplateObject(object.values.shared()))
      case .null, .flag, .integer, .number: copy = value
      }
      (copies + place).initialize(to: copy)
    }
    return TemplateValues(start: copies, count: count, schema: schema, texts: texts)
  }
}

/// A text as bytes of UTF-8 that the values it is one of keep.
///
/// Threads may share it, as nothing changes those bytes.
public struct SharedText: @unchecked Sendable {
  let start: UnsafePointer<UInt8>
  let count: Int

  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }
}

extension TemplateValue {
  /// The text; nil of other values.
  package var text: String? {
    switch self {
    case .text(let text): text
    case .sharedText(let text): text.string
    case .null, .flag, .integer, .number, .list, .object: nil
    }
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
