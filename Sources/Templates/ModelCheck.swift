import Platform

/// Walks a template as rendering would, with page models in place of values.
struct ModelCheck {
  /// A context: a page model, or a value without names of its own.
  enum Scope: Hashable {
    case model(TemplateSchema)
    case text(isTrusted: Bool)

    static func == (a: Scope, b: Scope) -> Bool {
      switch (a, b) {
      case (.model(let a), .model(let b)): a === b
      case (.text(let a), .text(let b)): a == b
      default: false
      }
    }

    func hash(into hasher: inout Hasher) {
      if case .model(let schema) = self { hasher.combine(ObjectIdentifier(schema)) }
    }
  }

  /// The blocks of a parent tag, and those in force where it stands.
  private final class Environment {
    let call: Int
    let outer: Environment?

    init(call: Int, outer: Environment?) {
      self.call = call
      self.outer = outer
    }
  }

  /// A template in the contexts and with the blocks it is walked with: all that decides what is found there.
  private struct Visit: Hashable {
    var template: Int
    var scopes: [Scope]
    /// The parent tags whose blocks are in force, the outermost first.
    var parents: [Int]
  }

  private let program: Program
  private var faults: Set<TemplateFault> = []
  private var active: Set<Visit> = []
  private var done: Set<Visit> = []
  /// For each parent tag the blocks that were met while its template was walked.
  private var metBlocks: [Int: Set<Int32>] = [:]
  /// The parent tags that were walked, with the template each stands in.
  private var parents: [Int: Int] = [:]
  private var environment: Environment?
  /// The names that were looked up, by their page model.
  private(set) var used: [ObjectIdentifier: Set<String>] = [:]
  /// Whether a template is included by a dynamic name: which one, and what that uses, is not known here.
  private(set) var includesUnknown = false

  init(_ program: Program) { self.program = program }

  /// By template as given to the library, then by place.
  var sortedFaults: [TemplateFault] {
    let order = Dictionary(
      program.templates.enumerated().map { ($1.text.path, $0) }, uniquingKeysWith: { first, _ in first })
    return faults.sorted {
      (order[$0.path] ?? 0, $0.line, $0.column, $0.description) < (
        order[$1.path] ?? 0, $1.line, $1.column, $1.description
      )
    }
  }

  mutating func walk(template: Int, in scopes: [Scope]) {
    let visit = visit(template, scopes)
    guard done.insert(visit).inserted else { return }
    active.insert(visit)
    walk(program.templates[template].steps, of: template, in: scopes)
    active.remove(visit)
  }

  private func visit(_ template: Int, _ scopes: [Scope]) -> Visit {
    Visit(template: template, scopes: Self.visible(scopes), parents: parentsInForce())
  }

  /// Contexts that are not hidden by an inner one of the same kind.
  private static func visible(_ scopes: [Scope]) -> [Scope] {
    var seen: Set<Scope> = []
    var visible: [Scope] = []
    for scope in scopes.reversed() where seen.insert(scope).inserted { visible.append(scope) }
    return visible
  }

  private func parentsInForce() -> [Int] {
    var parents: [Int] = []
    var current = environment
    while let parent = current {
      parents.append(parent.call)
      current = parent.outer
    }
    var seen: Set<Int> = []
    return parents.reversed().filter { seen.insert($0).inserted }
  }

  private func overrides(of call: Int) -> Range<Int> {
    let call = program.calls[call]
    return Int(call.overrideStart)..<Int(call.overrideStart + call.overrideCount)
  }

  private mutating func report(_ kind: TemplateFault.Kind, at position: Int32, of template: Int) {
    faults.insert(program.templates[template].text.fault(kind, at: Int(position)))
  }

  // MARK: Steps

  private mutating func walk(_ steps: Range<Int>, of template: Int, in scopes: [Scope]) {
    var step = steps.lowerBound
    while step < steps.upperBound {
      let position = program.positions[step]
      switch program.operations[step] {
      case .text, .lineStart: step += 1
      case .variable(let path, let isEscaped):
        checkPrinted(path, isEscaped, position, template, scopes)
        step += 1
      case .section(let path, let end):
        if let inner = resolve(path, position, template, scopes) {
          walk(step + 1..<Int(end), of: template, in: scopes + [inner.scope])
        }
        step = Int(end)
      case .inverted(let path, _):
        _ = resolve(path, position, template, scopes)
        step += 1
      case .partial(let call):
        self.call(Int(call), position, template, scopes)
        step += 1
      case .parent(let call):
        parent(Int(call), position, template, scopes)
        step = Int(program.calls[Int(call)].end)
      case .block(let site):
        step = block(program.sites[Int(site)], step + 1, scopes)
      }
    }
  }

  private mutating func call(_ index: Int, _ position: Int32, _ template: Int, _ scopes: [Scope]) {
    let call = program.calls[index]
    if call.dynamicPath >= 0 {
      includesUnknown = true
      checkPrinted(call.dynamicPath, true, position, template, scopes)
    } else if call.template < 0 {
      let name = program.callNames[index]
      let known = Spelling.nearest(to: name, among: program.templates.map(\.name))
      report(.unknownPartial(name, nearest: known), at: position, of: template)
    } else {
      if active.contains(visit(Int(call.template), scopes)) {
        report(.endlessRecursion(program.callNames[index]), at: position, of: template)
      } else {
        walk(template: Int(call.template), in: scopes)
      }
    }
  }

  private mutating func parent(_ index: Int, _ position: Int32, _ template: Int, _ scopes: [Scope]) {
    parents[index] = template
    let outer = environment
    environment = Environment(call: index, outer: outer)
    call(index, position, template, scopes)
    environment = outer
    // What a dynamic or missing parent would do with the blocks is not known; they are walked where they stand.
    guard program.calls[index].template < 0 else { return }
    for override in overrides(of: index).map({ program.overrides[$0] }) {
      walk(Int(override.start)..<Int(override.end), of: template, in: scopes)
    }
  }

  /// Reports the blocks inside parent tags that nothing would ever render.
  mutating func checkBlocks() {
    for (call, template) in parents where program.calls[call].template >= 0 {
      let known = metBlocks[call, default: []]
      for override in overrides(of: call).map({ program.overrides[$0] }) where !known.contains(override.symbol) {
        let name = program.blockNames[Int(override.symbol)]
        let near = Spelling.nearest(to: name, among: known.map { program.blockNames[Int($0)] })
        report(
          .unknownBlock(name, parent: program.callNames[call], nearest: near), at: override.position, of: template)
      }
    }
  }

  private mutating func block(_ site: BlockSite, _ defaultContent: Int, _ scopes: [Scope]) -> Int {
    var outermost: (override: BlockOverride, environment: Environment)?
    var current = environment
    while let parent = current {
      metBlocks[parent.call, default: []].insert(site.symbol)
      for index in overrides(of: parent.call) where program.overrides[index].symbol == site.symbol {
        outermost = (program.overrides[index], parent)
        break
      }
      current = parent.outer
    }
    guard let (override, definition) = outermost else { return defaultContent }
    let inForce = environment
    environment = definition.outer
    let steps = Int(override.start)..<Int(override.end)
    if let template = program.templates.firstIndex(where: { $0.steps.contains(steps.lowerBound) }) {
      walk(steps, of: template, in: scopes)
    }
    environment = inForce
    return Int(site.end)
  }

  // MARK: Names

  /// What stands under a name.
  private struct Found {
    var kind: TemplateField.Kind
    var model: String

    /// The context that a section over it opens.
    var scope: Scope {
      switch kind {
      case .object(let schema), .list(let schema): .model(schema)
      case .html: .text(isTrusted: true)
      case .text, .number, .flag, .texts: .text(isTrusted: false)
      }
    }
  }

  private mutating func checkPrinted(
    _ path: Int32, _ isEscaped: Bool, _ position: Int32, _ template: Int, _ scopes: [Scope]
  ) {
    guard let found = resolve(path, position, template, scopes) else { return }
    let name = program.pathNames[Int(path)]
    switch found.kind {
    case .object:
      report(.notPrintable(name, model: found.model, kind: "an object"), at: position, of: template)
    case .list, .texts:
      report(.notPrintable(name, model: found.model, kind: "a list"), at: position, of: template)
    case .html: break
    case .text, .number, .flag:
      if !isEscaped { report(.unescaped(name, model: found.model), at: position, of: template) }
    }
  }

  private mutating func resolve(_ path: Int32, _ position: Int32, _ template: Int, _ scopes: [Scope]) -> Found? {
    let name = program.pathNames[Int(path)]
    guard name != "." else {
      switch scopes.last {
      case .model(let schema): return Found(kind: .object(schema), model: schema.name)
      case .text(let isTrusted): return Found(kind: isTrusted ? .html : .text, model: "the list")
      case nil: return nil
      }
    }
    let parts = name.split(separator: ".").map(String.init)
    let models = scopes.reversed().compactMap { if case .model(let schema) = $0 { schema } else { nil } }
    guard let model = models.first(where: { $0.field(parts[0]) != nil }), let first = model.field(parts[0]) else {
      let known = Spelling.nearest(to: parts[0], among: models.flatMap { $0.fields.map(\.name) })
      report(.undeclared(parts[0], model: models.first?.name ?? "", nearest: known), at: position, of: template)
      return nil
    }
    used[ObjectIdentifier(model), default: []].insert(parts[0])
    var found = Found(kind: first.kind, model: model.name)
    for (index, part) in parts.enumerated().dropFirst() {
      guard case .object(let schema) = found.kind else {
        let owner = "“\(parts[..<index].joined(separator: "."))” of \(found.model), which is not an object,"
        report(.undeclared(part, model: owner, nearest: nil), at: position, of: template)
        return nil
      }
      guard let field = schema.field(part) else {
        let known = Spelling.nearest(to: part, among: schema.fields.map(\.name))
        report(.undeclared(part, model: schema.name, nearest: known), at: position, of: template)
        return nil
      }
      used[ObjectIdentifier(schema), default: []].insert(part)
      found = Found(kind: field.kind, model: schema.name)
    }
    return found
  }
}
