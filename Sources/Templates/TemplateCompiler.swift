/// Turns the tags and the text of templates into operations.
struct TemplateCompiler {
  private(set) var operations: [Operation] = []
  private(set) var positions: [Int32] = []
  private(set) var bytes: [UInt8] = []
  private(set) var paths: [NamePath] = []
  private(set) var pathNames: [String] = []
  private(set) var pathSymbols: [Int32] = []
  private(set) var calls: [TemplateCall] = []
  private(set) var callNames: [String] = []
  private(set) var overrides: [BlockOverride] = []
  private(set) var sites: [BlockSite] = []
  private(set) var blockNames: [String] = []

  private let templateIndex: [String: Int]
  private var pathIndex: [String: Int32] = [:]
  private var blockIndex: [String: Int32] = [:]

  private var text = TemplateText(TemplateSource(name: "", path: "", text: ""))
  private var open: [Opening] = []
  /// Text may be joined to the last operation only from here on: something jumps to this place.
  private var barrier = 0
  /// The white space that the lines of the override being compiled lose, as it stands in the text.
  private var dedent: Range<Int> = 0..<0

  /// A tag that waits for its end.
  private enum Opening {
    case section(operation: Int)
    case parent(call: Int, overrides: [BlockOverride])
    case block(site: Int)
    case override(BlockOverride, outerDedent: Range<Int>)
  }

  init(templateIndex: [String: Int]) { self.templateIndex = templateIndex }

  /// The steps of the template.
  mutating func compile(_ text: TemplateText) throws(TemplateFault) -> Range<Int> {
    let tags = try TagScanner.tags(of: text)
    let layouts = TagLayout.layouts(of: tags, in: text)
    self.text = text
    open = []
    dedent = 0..<0
    let start = operations.count
    barrier = start
    var position = 0
    for index in tags.indices {
      emitText(position..<max(position, layouts[index].textEnd))
      position = layouts[index].textStart
      try compile(tags, index, layouts[index])
    }
    emitText(position..<text.bytes.count)
    return start..<operations.count
  }

  private mutating func compile(_ tags: [Tag], _ index: Int, _ layout: TagLayout) throws(TemplateFault) {
    let tag = tags[index]
    if case .parent = open.last, ![.block, .close, .comment, .delimiters].contains(tag.kind) {
      let parent = tags[..<index].last { $0.kind == .parent && ($0.partner ?? 0) > index }
      throw text.fault(.notInParent(tag.name, parent: parent?.name ?? ""), at: tag.bytes.lowerBound)
    }
    if !layout.isStandalone, text.startsLine(tag.bytes.lowerBound) { emitLineStart() }
    let position = Int32(tag.bytes.lowerBound)
    switch tag.kind {
    case .comment, .delimiters: break
    case .variable: emit(.variable(path: path(tag.name), isEscaped: true), position)
    case .unescaped: emit(.variable(path: path(tag.name), isEscaped: false), position)
    case .section, .inverted:
      open.append(.section(operation: operations.count))
      let path = path(tag.name)
      emit(tag.kind == .section ? .section(path: path, end: 0) : .inverted(path: path, end: 0), position)
    case .partial:
      emit(.partial(call: call(tag, layout)), position)
    case .parent:
      let call = call(tag, layout)
      emit(.parent(call: call), position)
      open.append(.parent(call: Int(call), overrides: []))
    case .block:
      if case .parent = open.last {
        openOverride(tag, layout)
      } else {
        openBlock(tag, layout, contentEnd: tags[tag.partner ?? index].bytes.lowerBound)
      }
    case .close: close()
    }
  }

  private mutating func close() {
    let end = Int32(operations.count)
    switch open.popLast() {
    case .section(let operation):
      switch operations[operation] {
      case .section(let path, _): operations[operation] = .section(path: path, end: end)
      case .inverted(let path, _): operations[operation] = .inverted(path: path, end: end)
      default: break
      }
    case .parent(let call, let blocks):
      calls[call].overrideStart = Int32(overrides.count)
      calls[call].overrideCount = Int32(blocks.count)
      calls[call].end = end
      overrides += blocks
    case .block(let site): sites[site].end = end
    case .override(var override, let outerDedent):
      override.end = end
      dedent = outerDedent
      if case .parent(let call, let blocks) = open.popLast() {
        open.append(.parent(call: call, overrides: blocks + [override]))
      }
    case nil: break
    }
    barrier = operations.count
  }

  // MARK: Blocks

  private mutating func openOverride(_ tag: Tag, _ layout: TagLayout) {
    let startsLine = text.startsLine(layout.textStart)
    let override = BlockOverride(
      symbol: block(tag.name), start: Int32(operations.count), end: 0, startsLine: startsLine,
      position: Int32(tag.bytes.lowerBound))
    open.append(.override(override, outerDedent: dedent))
    dedent = startsLine ? firstIndentation(from: layout.textStart) ?? 0..<0 : 0..<0
    barrier = operations.count
  }

  private mutating func openBlock(_ tag: Tag, _ layout: TagLayout, contentEnd: Int) {
    var indentation = layout.indentation ?? 0..<0
    if layout.isStandalone, let inner = firstIndentation(from: layout.textStart), inner.upperBound < contentEnd {
      indentation = inner
    }
    let site = BlockSite(
      symbol: block(tag.name), end: 0, indentation: intern(dedented(indentation)), isStandalone: layout.isStandalone)
    open.append(.block(site: sites.count))
    emit(.block(site: Int32(sites.count)), Int32(tag.bytes.lowerBound))
    sites.append(site)
    barrier = operations.count
  }

  /// The white space before the first line from `start` on that holds something.
  private func firstIndentation(from start: Int) -> Range<Int>? {
    guard let letter = text.bytes[start...].firstIndex(where: { !$0.isSpace }) else { return nil }
    let lineStart = text.bytes[start..<letter].lastIndex(of: .newline).map { $0 + 1 } ?? start
    return lineStart..<letter
  }

  private mutating func block(_ name: String) -> Int32 {
    if let known = blockIndex[name] { return known }
    let number = Int32(blockNames.count)
    blockIndex[name] = number
    blockNames.append(name)
    return number
  }

  // MARK: Names

  private mutating func call(_ tag: Tag, _ layout: TagLayout) -> Int32 {
    var call = TemplateCall()
    if tag.isDynamic {
      call.dynamicPath = path(tag.name)
    } else {
      call.template = Int32(templateIndex[tag.name] ?? -1)
    }
    if layout.isStandalone { call.indentation = intern(dedented(layout.indentation ?? 0..<0)) }
    calls.append(call)
    callNames.append(tag.name)
    return Int32(calls.count - 1)
  }

  private mutating func path(_ name: String) -> Int32 {
    if let known = pathIndex[name] { return known }
    let symbols = name == "." ? [] : name.split(separator: ".").map { SymbolTable.symbol(String($0)) }
    let number = Int32(paths.count)
    paths.append(
      NamePath(
        first: symbols.first ?? -1, restStart: Int32(pathSymbols.count), restCount: Int32(max(0, symbols.count - 1))))
    pathSymbols += symbols.dropFirst()
    pathNames.append(name)
    pathIndex[name] = number
    return number
  }

  // MARK: Text

  private mutating func emit(_ operation: Operation, _ position: Int32) {
    operations.append(operation)
    positions.append(position)
  }

  private mutating func emitLineStart() {
    if case .parent = open.last { return }
    emit(.lineStart, 0)
  }

  private mutating func intern(_ range: Range<Int>) -> ByteRange {
    guard !range.isEmpty else { return ByteRange() }
    bytes += text.bytes[range]
    return ByteRange(start: Int32(bytes.count - range.count), count: Int32(range.count))
  }

  /// A line's beginning without the white space that an override's lines lose.
  private func dedented(_ line: Range<Int>) -> Range<Int> {
    var start = line.lowerBound
    for place in dedent {
      guard start < line.upperBound, text.bytes[start] == text.bytes[place] else { break }
      start += 1
    }
    return start..<line.upperBound
  }

  private mutating func emitText(_ range: Range<Int>) {
    if case .parent = open.last { return }
    var start = range.lowerBound
    while start < range.upperBound {
      let end = text.bytes[start..<range.upperBound].firstIndex(of: .newline).map { $0 + 1 } ?? range.upperBound
      let startsLine = text.startsLine(start)
      let line = startsLine ? dedented(start..<end) : start..<end
      if line.isEmpty { emitLineStart() } else { emitLine(line, startsLine: startsLine) }
      start = end
    }
  }

  /// Adds to the text just before, if the two meet as they do in the template.
  private mutating func emitLine(_ line: Range<Int>, startsLine: Bool) {
    let start = Int32(bytes.count)
    bytes += text.bytes[line]
    if operations.count > barrier, case .text(let first, let count, let firstStartsLine) = operations.last,
      first + count == start, startsLine == (bytes[Int(start) - 1] == .newline)
    {
      operations[operations.count - 1] = .text(
        start: first, count: count + Int32(line.count), startsLine: firstStartsLine)
    } else {
      emit(.text(start: start, count: Int32(line.count), startsLine: startsLine), Int32(line.lowerBound))
    }
  }
}
