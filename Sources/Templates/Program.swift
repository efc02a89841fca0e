/// One step of a compiled template. Sections, parents and blocks name the step after their end.
enum Operation {
  /// Bytes of the template, from `Program.bytes`; `startsLine` tells that they begin a line of it.
  case text(start: Int32, count: Int32, startsLine: Bool)
  /// A line of the template begins here with a tag.
  case lineStart
  case variable(path: Int32, isEscaped: Bool)
  case section(path: Int32, end: Int32)
  case inverted(path: Int32, end: Int32)
  case partial(call: Int32)
  case parent(call: Int32)
  case block(site: Int32)
}

/// A stretch of `Program.bytes`.
struct ByteRange {
  var start: Int32 = 0
  var count: Int32 = 0
}

/// A dotted name as symbols: the first is looked up in all contexts, the `rest` each in what was found before.
struct NamePath {
  /// -1 for `.`, the context itself.
  var first: Int32
  var restStart: Int32
  var restCount: Int32
}

/// A partial or parent tag.
struct TemplateCall {
  /// The template, or -1 if there is none of that name or the name is dynamic.
  var template: Int32 = -1
  /// The path of a dynamic name, or -1.
  var dynamicPath: Int32 = -1
  var indentation = ByteRange()
  /// Of a parent: where its blocks' entries stand in `Program.overrides`.
  var overrideStart: Int32 = 0
  var overrideCount: Int32 = 0
  /// Of a parent: the step after it.
  var end: Int32 = 0
}

/// A block inside a parent tag.
struct BlockOverride {
  var symbol: Int32
  var start: Int32
  var end: Int32
  /// Its text begins with a line of its own.
  var startsLine: Bool
  /// Where its tag stands in the text.
  var position: Int32
}

/// A block whose content may be overridden.
struct BlockSite {
  var symbol: Int32
  /// The step after its default content.
  var end: Int32
  /// What the lines of an override are indented with.
  var indentation: ByteRange
  /// The block has lines of its own, so an override begins with the indentation.
  var isStandalone: Bool
}

/// All templates of a library as one flat list of steps.
final class Program: Sendable {
  struct Template: Sendable {
    var name: String
    var steps: Range<Int>
    var text: TemplateText
  }

  let templates: [Template]
  let templateIndex: [String: Int]
  let operations: [Operation]
  /// Where the tag of each operation stands in its template's text.
  let positions: [Int32]
  let bytes: [UInt8]
  let paths: [NamePath]
  let pathNames: [String]
  let pathSymbols: [Int32]
  let calls: [TemplateCall]
  let callNames: [String]
  let overrides: [BlockOverride]
  let sites: [BlockSite]
  let blockNames: [String]
  /// Steps and text of the templates that are written out as one list (`TemplateLinker`), and which of the steps are whose.
  let linkedOperations: [Operation]
  let linkedBytes: [UInt8]
  let linkedSteps: [Range<Int>?]

  init(_ sources: [TemplateSource]) throws(TemplateError) {
    var index: [String: Int] = [:]
    for (number, source) in sources.enumerated() {
      if let other = index[source.name] {
        throw .sameName(name: source.name, paths: [sources[other].path, source.path])
      }
      index[source.name] = number
    }
    var compiler = TemplateCompiler(templateIndex: index)
    var templates: [Template] = []
    var faults: [TemplateFault] = []
    for source in sources {
      let text = TemplateText(source)
      do throws(TemplateFault) {
        let steps = try compiler.compile(text)
        templates.append(Template(name: source.name, steps: steps, text: text))
      } catch {
        faults.append(error)
      }
    }
    if !faults.isEmpty { throw .faults(faults) }
    self.templates = templates
    templateIndex = index
    // Never empty, so that rendering has an address for each.
    operations = compiler.operations + [.lineStart]
    positions = compiler.positions
    bytes = compiler.bytes + [0]
    paths = compiler.paths + [NamePath(first: -1, restStart: 0, restCount: 0)]
    pathNames = compiler.pathNames
    pathSymbols = compiler.pathSymbols
    calls = compiler.calls
    callNames = compiler.callNames
    overrides = compiler.overrides
    sites = compiler.sites
    blockNames = compiler.blockNames
    var linker = TemplateLinker(
      TemplateLinker.Source(
        templates: templates.map(\.steps), operations: compiler.operations, bytes: compiler.bytes,
        calls: compiler.calls, overrides: compiler.overrides, sites: compiler.sites))
    linkedSteps = templates.indices.map { linker.link($0) }
    linkedOperations = linker.operations + [.lineStart]
    linkedBytes = linker.bytes + [0]
  }
}
