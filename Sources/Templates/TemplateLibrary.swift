import Platform

/// A template's text, and where it was read.
public struct TemplateSource: Sendable {
  public let name: String
  public let path: String
  public let text: String
  /// The line of the file on which the text begins, from 1.
  public let firstLine: Int

  /// - Parameters:
  ///   - name: what partials and parents call it: the file's name in the theme without its ending, `partials/movie-card`.
  ///   - path: what error messages call it.
  ///   - firstLine: the line of the file on which the text begins, from 1.
  public init(name: String, path: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.path = path
    self.text = text
    self.firstLine = firstLine
  }
}

/// Mustache templates, compiled together once and rendered any number of times, from any thread.
///
/// The language is that of the Mustache specification with inheritance and dynamic names and without lambdas. A name
/// that is not found renders as nothing, and so does a partial that is not in the library: `check(_:against:)` finds
/// both before anything is rendered. A block is replaced by the outermost template that overrides it; inside an override,
/// blocks mean what they mean where the override was written.
public struct TemplateLibrary: Sendable {
  let program: Program

  /// How deep sections, partials, parents and blocks nest while rendering; a page ends where they nest deeper.
  public static let depthLimit = 400

  /// Compiles all templates.
  ///
  /// - Throws: the first syntax error of each template, or two templates of one name.
  public init(_ sources: [TemplateSource]) throws(TemplateError) {
    program = try Program(sources)
  }

  /// The names of all templates, sorted.
  public var names: [String] { program.templates.map(\.name).sorted() }

  /// Appends the rendered template as UTF-8; a template that is not in the library renders as nothing.
  ///
  /// - Complexity: linear in what is written and in the names looked up, each in time linear in the depth of sections.
  public func render<Input>(_ template: String, _ model: ModelObject<Input>, into bytes: inout [UInt8]) {
    render(template, value: .object(model.object), into: &bytes)
  }

  /// Renders any value, also one that is no object.
  ///
  /// - Parameter callByCall: renders as the templates call each other: the slow way, with the same bytes.
  package func render(
    _ template: String, value: TemplateValue, callByCall: Bool = false, into bytes: inout [UInt8]
  ) {
    guard let index = program.templateIndex[template] else { return }
    program.render(index, value, callByCall: callByCall, into: &bytes)
  }

  /// Whether the template is written out as one list of steps.
  package func isLinked(_ template: String) -> Bool {
    program.templateIndex[template].map { program.linkedSteps[$0] != nil } ?? false
  }

  /// Checks that every name which the template uses, through its partials, parents and blocks, is declared by the page
  /// model in scope, that only trusted HTML is printed unescaped, that partials and blocks exist and that none includes
  /// itself for ever. Templates reached through dynamic names are not known here and must be checked by themselves.
  ///
  /// - Throws: all faults, in the order of the text, each once.
  public func check(_ template: String, against schema: TemplateSchema) throws(TemplateError) {
    guard let index = program.templateIndex[template] else {
      throw .unknownTemplate(name: template, nearest: Spelling.nearest(to: template, among: names))
    }
    var check = ModelCheck(program)
    check.walk(template: index, in: [.model(schema)])
    check.checkBlocks()
    let faults = check.sortedFaults
    if !faults.isEmpty { throw .faults(faults) }
  }

  /// The names of `model` that the template uses, through its partials, parents and blocks; all where it includes templates
  /// by dynamic names.
  ///
  /// - Parameter schema: what the template is checked against.
  package func names(of model: TemplateSchema, usedBy template: String, against schema: TemplateSchema) -> Set<String> {
    guard let index = program.templateIndex[template] else { return [] }
    var check = ModelCheck(program)
    check.walk(template: index, in: [.model(schema)])
    return check.includesUnknown
      ? Set(model.fields.map(\.name)) : check.used[ObjectIdentifier(model), default: []]
  }
}
