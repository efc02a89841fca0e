/// Writes a template out as one flat list of steps: partials, parents and blocks in their places, indentation in the text,
/// neighbouring text as one step.
///
/// What a call renders is known before anything is rendered, but for dynamic names and for templates that include themselves:
/// those stay as they are and are rendered call by call.
struct TemplateLinker {
  private(set) var operations: [Operation] = []
  private(set) var bytes: [UInt8] = []

  private let source: Source
  private var indentation: [UInt8] = []
  /// An override begins on its line where the block stands: the first indentation would be left out.
  private var skipsIndentation = false
  private var environments: [Environment] = []
  private var environment = -1
  /// The templates that are being written out.
  private var open: [Int] = []
  private var depth = 0
  /// Bodies of templates, sections and blocks that were written out.
  private var stretches = 0
  /// Text may be joined to the last step only from here on: something jumps to this place.
  private var barrier = 0

  /// What was compiled.
  struct Source {
    let templates: [Range<Int>]
    let operations: [Operation]
    let bytes: [UInt8]
    let calls: [TemplateCall]
    let overrides: [BlockOverride]
    let sites: [BlockSite]
  }

  /// The blocks of a parent tag, and the blocks in force where it stands.
  private struct Environment {
    var call: Int
    var outer: Int
  }

  /// The template cannot be written out.
  private struct Unknown: Error {}

  /// Templates that include others twice, and those others twice, are better left as they are.
  private static let mostStretches = 20_000
  /// Far below the limit of nesting while rendering, which then cannot be met.
  private static let mostDepth = TemplateLibrary.depthLimit / 4

  init(_ source: Source) { self.source = source }

  /// The steps of a template, or nil where it must be rendered call by call.
  mutating func link(_ template: Int) -> Range<Int>? {
    let start = operations.count
    let firstByte = bytes.count
    (indentation, skipsIndentation, environments, environment) = ([], false, [], -1)
    (open, depth, stretches, barrier) = ([], 0, 0, start)
    do throws(Unknown) {
      try expand(template)
      return start..<operations.count
    } catch {
      operations.removeSubrange(start...)
      bytes.removeSubrange(firstByte...)
      return nil
    }
  }

  private mutating func expand(_ template: Int) throws(Unknown) {
    guard !open.contains(template) else { throw Unknown() }
    open.append(template)
    try expand(source.templates[template])
    open.removeLast()
  }

  private mutating func expand(_ steps: Range<Int>) throws(Unknown) {
    guard depth < Self.mostDepth, stretches < Self.mostStretches else { throw Unknown() }
    depth += 1
    stretches += 1
    var step = steps.lowerBound
    while step < steps.upperBound {
      switch source.operations[step] {
      case .text(let start, let count, let startsLine):
        try append(source.bytes[Int(start)..<Int(start + count)], startsLine: startsLine)
        step += 1
      case .lineStart:
        try appendIndentation()
        step += 1
      case .variable(let path, let isEscaped):
        operations.append(.variable(path: path, isEscaped: isEscaped))
        step += 1
      case .section(let path, let end):
        let place = operations.count
        operations.append(.section(path: path, end: 0))
        try expand(step + 1..<Int(end))
        operations[place] = .section(path: path, end: Int32(operations.count))
        barrier = operations.count
        step = Int(end)
      case .inverted(let path, let end):
        let place = operations.count
        operations.append(.inverted(path: path, end: 0))
        try expand(step + 1..<Int(end))
        operations[place] = .inverted(path: path, end: Int32(operations.count))
        barrier = operations.count
        step = Int(end)
      case .partial(let call):
        try expand(call: source.calls[Int(call)])
        step += 1
      case .parent(let call):
        let outer = environment
        environments.append(Environment(call: Int(call), outer: outer))
        environment = environments.count - 1
        try expand(call: source.calls[Int(call)])
        environments.removeLast()
        environment = outer
        step = Int(source.calls[Int(call)].end)
      case .block(let site):
        step = try expand(source.sites[Int(site)], step + 1)
      }
    }
    depth -= 1
  }

  private mutating func expand(call: TemplateCall) throws(Unknown) {
    guard call.dynamicPath < 0 else { throw Unknown() }
    guard call.template >= 0 else { return }
    indentation += source.bytes[call.indentation.range]
    try expand(Int(call.template))
    indentation.removeLast(Int(call.indentation.count))
  }

  /// Writes out what overrides the block and gives the step after it, or the step of its default content.
  private mutating func expand(_ site: BlockSite, _ defaultContent: Int) throws(Unknown) -> Int {
    var outermost: (override: BlockOverride, outer: Int)?
    var current = environment
    while current >= 0 {
      let parent = environments[current]
      let call = source.calls[parent.call]
      let blocks = source.overrides[Int(call.overrideStart)..<Int(call.overrideStart + call.overrideCount)]
      if let override = blocks.first(where: { $0.symbol == site.symbol }) { outermost = (override, parent.outer) }
      current = parent.outer
    }
    guard let (override, outer) = outermost else { return defaultContent }
    let inForce = environment
    environment = outer
    indentation += source.bytes[site.indentation.range]
    if site.isStandalone, !override.startsLine { try appendIndentation() }
    let skipped = skipsIndentation
    skipsIndentation = !site.isStandalone && override.startsLine
    try expand(Int(override.start)..<Int(override.end))
    skipsIndentation = skipped
    indentation.removeLast(Int(site.indentation.count))
    environment = inForce
    return Int(site.end)
  }

  // MARK: Text

  private mutating func append(_ text: ArraySlice<UInt8>, startsLine: Bool) throws(Unknown) {
    guard !indentation.isEmpty else { return append(text) }
    var start = text.startIndex
    var isLineStart = startsLine
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: .newline).map { $0 + 1 } ?? text.endIndex
      if isLineStart { try appendIndentation() }
      append(text[start..<end])
      isLineStart = true
      start = end
    }
  }

  private mutating func appendIndentation() throws(Unknown) {
    guard !indentation.isEmpty else { return }
    // Which indentation comes first may depend on the page model.
    guard !skipsIndentation else { throw Unknown() }
    append(indentation[...])
  }

  private mutating func append(_ text: ArraySlice<UInt8>) {
    guard !text.isEmpty else { return }
    let start = Int32(bytes.count)
    bytes += text
    if operations.count > barrier, case .text(let first, let count, _) = operations[operations.count - 1],
      first + count == start
    {
      operations[operations.count - 1] = .text(start: first, count: count + Int32(text.count), startsLine: false)
    } else {
      operations.append(.text(start: start, count: Int32(text.count), startsLine: false))
    }
  }
}

extension ByteRange {
  /// In `Program.bytes`.
  fileprivate var range: Range<Int> { Int(start)..<Int(start + count) }
}
