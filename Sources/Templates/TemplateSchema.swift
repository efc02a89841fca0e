/// The names that a page model declares, so that a template which uses another one can be refused.
///
/// Made once and shared by all objects of its kind: a name is found in an object by its place in the schema.
public final class TemplateSchema: Sendable {
  package let name: String
  package let fields: [TemplateField]
  let slots: SlotTable

  /// - Parameter name: what error messages call the page model.
  public init(_ name: String, _ fields: [TemplateField]) {
    self.name = name
    self.fields = fields
    slots = SlotTable(fields.map { SymbolTable.symbol($0.name) })
    precondition(Set(fields.map(\.name)).count == fields.count, "\(name) declares a name twice")
  }

  func field(_ name: String) -> TemplateField? { fields.first { $0.name == name } }
}

/// A name that a page model declares, and what kind of value stands under it.
public struct TemplateField: Sendable {
  package enum Kind: Sendable {
    case text, html, number, flag, texts
    case object(TemplateSchema)
    case list(TemplateSchema)
  }

  package let name: String
  package let kind: Kind

  /// A text, which `{{name}}` escapes; it may be absent (`.null`), and a section takes an empty one for false.
  public static func text(_ name: String) -> TemplateField { TemplateField(name: name, kind: .text) }

  /// Trusted HTML, the only kind that `{{{name}}}` may print.
  public static func html(_ name: String) -> TemplateField { TemplateField(name: name, kind: .html) }

  /// A whole or a broken number, or `.null`; a section takes every number for true, also zero.
  public static func number(_ name: String) -> TemplateField { TemplateField(name: name, kind: .number) }

  /// True or false; it prints as `true` or `false`.
  public static func flag(_ name: String) -> TemplateField { TemplateField(name: name, kind: .flag) }

  /// A list of texts, each `{{.}}` in a section over it.
  public static func texts(_ name: String) -> TemplateField { TemplateField(name: name, kind: .texts) }

  /// An object, whose names are known in a section over it and after a dot; it may be absent (`.null`).
  public static func object(_ name: String, _ schema: TemplateSchema) -> TemplateField {
    TemplateField(name: name, kind: .object(schema))
  }

  /// A list of objects of one kind.
  public static func list(_ name: String, _ schema: TemplateSchema) -> TemplateField {
    TemplateField(name: name, kind: .list(schema))
  }
}
