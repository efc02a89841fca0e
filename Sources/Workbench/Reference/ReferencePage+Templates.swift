import Site
package import Templates

extension ReferencePage {
  /// The names that templates may use.
  ///
  /// - Parameter accounts: those of the pages of members, by template.
  package static func templates(accounts: [String: TemplateSchema]) -> ReferencePage {
    let pages =
      TemplateReference.pages + accounts.sorted { $0.key < $1.key }.map { (template: $0.key, schema: $0.value) }
    let fields = TemplateFieldTables([TemplateReference.frame] + pages.map(\.schema))
    var body = """
      A text or number prints by `{{name}}`, HTML by `{{{name}}}`. A section `{{#name}}…{{/name}}` shows what is between for a flag that is
      true, a text that is not empty, and each object of a list; `{{^name}}…{{/name}}` otherwise. Inside a section the names of its object
      come first. `{{name.inner}}` goes into an object. A name that is not here stops the build with file, line, column and the nearest name.

      A path stands behind `root`: `{{root}}{{path}}`. Below, `rows[].title` is the name `title` in a section over the list `rows`. Words of
      the interface are partials, `{{> text/members.title}}`: their names stand in `site-templates/texts/en.yaml`.

      ## Every page

      Below `assets` stands each file of the theme's `assets/`: `{{assets.style.css}}`, `{{assets.fonts.title.woff2}}`.


      """
    body += fields.table(of: TemplateReference.frame)
    for page in pages {
      body += "## \(page.template).mustache\n\n"
      let table = fields.table(of: page.schema)
      body += table.isEmpty ? "Nothing beyond what every page has.\n\n" : table
    }
    body += "## Objects that several pages show\n\n"
    for (title, schema) in fields.shared { body += "### \(title)\n\n" + fields.table(of: schema) }
    return ReferencePage(
      name: "templates", title: "Template names", description: "For every template, each name that it can use.",
      order: 903, body: body)
  }
}

/// Tables of the names of page models. What several of them show has a table of its own.
private struct TemplateFieldTables {
  /// In the order in which they are met.
  private(set) var shared: [(title: String, schema: TemplateSchema)] = []

  init(_ roots: [TemplateSchema]) {
    var counts: [ObjectIdentifier: Int] = [:]
    var order: [TemplateSchema] = []
    func visit(_ schema: TemplateSchema) {
      counts[ObjectIdentifier(schema), default: 0] += 1
      guard counts[ObjectIdentifier(schema)] == 1 else { return }
      order.append(schema)
      for inner in schema.fields.compactMap(\.schema) { visit(inner) }
    }
    for root in roots { for inner in root.fields.compactMap(\.schema) { visit(inner) } }
    let several = order.filter { counts[ObjectIdentifier($0), default: 0] > 1 && !$0.fields.isEmpty }
    for schema in several {
      let same = shared.count { $0.schema.name == schema.name }
      shared.append((same == 0 ? schema.name : "\(schema.name) \(same + 1)", schema))
    }
  }

  func table(of schema: TemplateSchema) -> String {
    MarkdownText.table(["name", "kind", "what it is"], rows(of: schema, under: ""))
  }

  private func rows(of schema: TemplateSchema, under prefix: String) -> [[String]] {
    schema.fields.flatMap { field -> [[String]] in
      let name = prefix + field.name
      let row = [MarkdownText.code(name), kind(of: field), field.about]
      guard let inner = field.schema, title(of: inner) == nil else { return [row] }
      return [row] + rows(of: inner, under: name + (field.isList ? "[]." : "."))
    }
  }

  private func title(of schema: TemplateSchema) -> String? { shared.first { $0.schema === schema }?.title }

  private func kind(of field: TemplateField) -> String {
    let whole = field.isList ? "list" : "object"
    switch field.kind {
    case .text: return "text"
    case .html: return "HTML"
    case .number: return "number"
    case .flag: return "flag"
    case .texts: return "list of texts"
    case .object(let schema), .list(let schema):
      guard let title = title(of: schema) else { return whole }
      return "\(whole): [\(title)](#\(title.replacing(" ", with: "-")))"
    }
  }
}

extension TemplateField {
  fileprivate var schema: TemplateSchema? {
    switch kind {
    case .object(let schema), .list(let schema): schema
    case .text, .html, .number, .flag, .texts: nil
    }
  }

  fileprivate var isList: Bool { if case .list = kind { true } else { false } }
}
