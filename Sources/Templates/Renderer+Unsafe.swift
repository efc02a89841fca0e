// Unsafe: points into the program's arrays, which the caller lends for the whole rendering, and to values of the page model, which stay where
// they are as long as the model lives (`TemplateValues`), and the caller keeps it. The stack of contexts holds `depthLimit` + 1 entries, and no push
// goes beyond it.

/// One rendering of a template.
///
/// Contexts are pointers to the values of the page model; their reference counts are left alone on the way.
struct Renderer: ~Copyable {
  /// A value on the context stack; of an object also where its values and their places are.
  private struct Context {
    var value: UnsafePointer<TemplateValue>
    var slots: UnsafePointer<Int16>?
    var slotCount: Int32 = 0
    var values: UnsafePointer<TemplateValue>?
  }

  /// The blocks of a parent tag, and the blocks in force where it stands.
  private struct Environment {
    var call: Int
    var outer: Int
  }

  private let program: Program
  private let operations: UnsafePointer<Operation>
  private let bytes: UnsafePointer<UInt8>
  private let paths: UnsafePointer<NamePath>
  private var output = ByteOutput(capacity: 16_384)
  private var indentation = ByteOutput(capacity: 64)
  private var skipsIndentation = false
  private let contexts = UnsafeMutablePointer<Context>.allocate(capacity: TemplateLibrary.depthLimit + 1)
  private var contextCount = 0
  private var environments: [Environment] = []
  private var environment = -1
  private var depth = 0
  /// The limit of nesting was met: nothing more is rendered, or templates that include themselves twice would double
  /// the work with every level.
  private var isCut = false

  init(
    _ program: Program, operations: UnsafePointer<Operation>, bytes: UnsafePointer<UInt8>,
    paths: UnsafePointer<NamePath>
  ) {
    self.program = program
    self.operations = operations
    self.bytes = bytes
    self.paths = paths
  }

  deinit { contexts.deallocate() }

  mutating func render(_ steps: Range<Int>, _ model: UnsafePointer<TemplateValue>) {
    push(model)
    run(steps)
    contextCount -= 1
  }

  func copy(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: output.base, count: output.count))
  }

  // MARK: Steps

  private mutating func run(_ steps: Range<Int>) {
    isCut = isCut || depth == TemplateLibrary.depthLimit
    guard !isCut else { return }
    depth += 1
    var step = steps.lowerBound
    let end = steps.upperBound
    while step < end, !isCut {
      switch operations[step] {
      case .text(let start, let count, let startsLine):
        if indentation.count == 0 {
          output.append(bytes + Int(start), Int(count))
        } else {
          appendIndented(bytes + Int(start), Int(count), startsLine)
        }
        step += 1
      case .lineStart:
        if indentation.count > 0 { appendIndentation() }
        step += 1
      case .variable(let path, let isEscaped):
        if let value = find(path) { append(value, isEscaped) }
        step += 1
      case .section(let path, let sectionEnd):
        if let value = find(path) { section(value, step + 1..<Int(sectionEnd)) }
        step = Int(sectionEnd)
      case .inverted(let path, let sectionEnd):
        if let value = find(path), Self.isTrue(value) { step = Int(sectionEnd) } else { step += 1 }
      case .partial(let call):
        self.call(Int(call))
        step += 1
      case .parent(let call):
        let outer = environment
        environments.append(Environment(call: Int(call), outer: outer))
        environment = environments.count - 1
        self.call(Int(call))
        environments.removeLast()
        environment = outer
        step = Int(program.calls[Int(call)].end)
      case .block(let site):
        step = block(program.sites[Int(site)], step + 1)
      }
    }
    depth -= 1
  }

  private mutating func section(_ value: UnsafePointer<TemplateValue>, _ steps: Range<Int>) {
    if let items = Self.items(value) {
      for index in 0..<items.count { item(items.first + index, steps) }
    } else if Self.isTrue(value) {
      item(value, steps)
    }
  }

  /// The items of a list; nil for other values. A function of its own, as `context` is.
  @inline(never)
  private static func items(
    _ value: UnsafePointer<TemplateValue>
  ) -> (first: UnsafePointer<TemplateValue>, count: Int)? {
    guard case .list(let items) = value.pointee else { return nil }
    return (UnsafePointer(items.start), items.count)
  }

  private mutating func item(_ value: UnsafePointer<TemplateValue>, _ steps: Range<Int>) {
    guard !isCut else { return }
    push(value)
    run(steps)
    contextCount -= 1
  }

  private mutating func call(_ index: Int) {
    let call = program.calls[index]
    var template = Int(call.template)
    if call.dynamicPath >= 0, let value = find(call.dynamicPath), let name = value.pointee.text {
      template = program.templateIndex[name] ?? -1
    }
    guard template >= 0 else { return }
    indentation.append(bytes + Int(call.indentation.start), Int(call.indentation.count))
    run(program.templates[template].steps)
    indentation.removeLast(Int(call.indentation.count))
  }

  /// Renders what overrides the block and gives the step after it, or the step of its default content.
  private mutating func block(_ site: BlockSite, _ defaultContent: Int) -> Int {
    var outermost: (override: BlockOverride, outer: Int)?
    var current = environment
    while current >= 0 {
      let parent = environments[current]
      let call = program.calls[parent.call]
      for index in Int(call.overrideStart)..<Int(call.overrideStart + call.overrideCount)
      where program.overrides[index].symbol == site.symbol {
        outermost = (program.overrides[index], parent.outer)
        break
      }
      current = parent.outer
    }
    // The default content is part of the flat program: it just goes on.
    guard let (override, outer) = outermost else { return defaultContent }
    let inForce = environment
    environment = outer
    indentation.append(bytes + Int(site.indentation.start), Int(site.indentation.count))
    if site.isStandalone, !override.startsLine, indentation.count > 0 { appendIndentation() }
    skipsIndentation = !site.isStandalone && override.startsLine
    run(Int(override.start)..<Int(override.end))
    skipsIndentation = false
    indentation.removeLast(Int(site.indentation.count))
    environment = inForce
    return Int(site.end)
  }

  // MARK: Names

  private mutating func push(_ value: UnsafePointer<TemplateValue>) {
    (contexts + contextCount).initialize(to: Self.context(value))
    contextCount += 1
  }

  /// A function of its own, so that the compiler leaves the reference counts of the object alone: threads share it.
  @inline(never)
  private static func context(_ value: UnsafePointer<TemplateValue>) -> Context {
    guard case .object(let object) = value.pointee else { return Context(value: value) }
    let values = object.values
    return Context(
      value: value, slots: values.slots, slotCount: values.slotCount, values: UnsafePointer(values.start))
  }

  @inline(__always)
  private func find(_ path: Int32) -> UnsafePointer<TemplateValue>? {
    let path = paths[Int(path)]
    guard path.first >= 0 else { return contexts[contextCount - 1].value }
    var index = contextCount - 1
    while index >= 0 {
      let context = contexts + index
      if path.first < context.pointee.slotCount {
        let slot = context.pointee.slots.unsafelyUnwrapped[Int(path.first)]
        if slot >= 0 {
          let value = context.pointee.values.unsafelyUnwrapped + Int(slot)
          return path.restCount == 0 ? value : follow(path, from: value)
        }
      }
      index -= 1
    }
    return nil
  }

  private func follow(_ path: NamePath, from start: UnsafePointer<TemplateValue>) -> UnsafePointer<TemplateValue>? {
    var value = start
    for index in Int(path.restStart)..<Int(path.restStart + path.restCount) {
      guard let member = Self.member(program.pathSymbols[index], of: value) else { return nil }
      value = member
    }
    return value
  }

  /// A function of its own, as `context` is.
  @inline(never)
  private static func member(
    _ symbol: Int32, of value: UnsafePointer<TemplateValue>
  ) -> UnsafePointer<TemplateValue>? {
    guard case .object(let object) = value.pointee else { return nil }
    let values = object.values
    guard symbol < values.slotCount, let slot = values.slots?[Int(symbol)], slot >= 0 else { return nil }
    return UnsafePointer(values.start + Int(slot))
  }

  @inline(__always)
  private static func isTrue(_ value: UnsafePointer<TemplateValue>) -> Bool {
    switch value.pointee {
    case .null: false
    case .flag(let flag): flag
    case .text(let text): !text.isEmpty
    case .sharedText(let text): text.count > 0
    case .list(let items): !items.isEmpty
    case .integer, .number, .object: true
    }
  }

  // MARK: Output

  private mutating func append(_ value: UnsafePointer<TemplateValue>, _ isEscaped: Bool) {
    switch value.pointee {
    case .text(let text): output.append(text, isEscaped: isEscaped)
    case .sharedText(let text):
      if isEscaped { output.appendEscaped(text.start, text.count) } else { output.append(text.start, text.count) }
    case .integer(let integer): output.append(integer)
    case .number(let number):
      if let integer = Int(exactly: number), integer.magnitude < 1 << 53 {
        output.append(integer)
      } else if number.isFinite {
        output.append(number.description, isEscaped: false)
      }
    case .flag(let flag): output.append(flag ? "true" : "false", isEscaped: false)
    case .null, .list, .object: break
    }
  }

  private mutating func appendIndentation() {
    if !skipsIndentation { output.append(indentation.base, indentation.count) }
    skipsIndentation = false
  }

  private mutating func appendIndented(_ text: UnsafePointer<UInt8>, _ count: Int, _ startsLine: Bool) {
    var start = 0
    var isLineStart = startsLine
    while start < count {
      var end = start
      while end < count, text[end] != .newline { end += 1 }
      end = min(count, end + 1)
      if isLineStart { appendIndentation() }
      output.append(text + start, end - start)
      isLineStart = true
      start = end
    }
  }
}

extension Program {
  /// - Parameter callByCall: renders as the templates call each other, although the template is written out as one list.
  func render(_ template: Int, _ value: TemplateValue, callByCall: Bool = false, into output: inout [UInt8]) {
    let linked = callByCall ? nil : linkedSteps[template]
    let steps = linked ?? templates[template].steps
    (linked == nil ? operations : linkedOperations).withUnsafeBufferPointer { operations in
      (linked == nil ? bytes : linkedBytes).withUnsafeBufferPointer { bytes in
        paths.withUnsafeBufferPointer { paths in
          withUnsafePointer(to: value) { model in
            guard let operations = operations.baseAddress, let bytes = bytes.baseAddress, let paths = paths.baseAddress
            else { return }
            var renderer = Renderer(self, operations: operations, bytes: bytes, paths: paths)
            renderer.render(steps, model)
            renderer.copy(to: &output)
          }
        }
      }
    }
  }
}
