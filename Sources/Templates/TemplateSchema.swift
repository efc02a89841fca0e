/// The names that a page model declares, so that a template which uses another one can be refused.
///
/// Made once, by the `PageModel`, and shared by all objects of its kind: a name is found in an object by its place in the
/// schema.
public final class TemplateSchema: Sendable {
  @usableFromInline package let name: String
  @usableFromInline package let fields: [TemplateField]
  let slots: SlotTable

  /// - Parameter name: what error messages call the page model.
  init(_ name: String, _ fields: [TemplateField]) {
    self.name = name
    self.fields = fields
    slots = SlotTable(fields.map { SymbolTable.symbol($0.name) })
    precondition(Set(fields.map(\.name)).count == fields.count, "\(name) declares a name twice")
  }

  func field(_ name: String) -> TemplateField? { fields.first { $0.name == name } }
}

/// A name that a page model declares, and what kind of value stands under it.
@usableFromInline package struct TemplateField: Sendable {
  @usableFromInline package enum Kind: Sendable {
    /// `{{name}}` escapes it; it may be absent, and a section takes an empty one for false.
    case text
    /// The only kind that `{{{name}}}` may print.
    case html
    /// A whole or a broken number; it may be absent, and a section takes every number for true, also zero.
    case number
    /// It prints as `true` or `false`.
    case flag
    /// A list of texts, each `{{.}}` in a section over it.
    case texts
    /// Its names are known in a section over it and after a dot; it may be absent.
    case object(TemplateSchema)
    case list(TemplateSchema)
  }

  package let name: String
  /// What stands under it, in a sentence for those who write templates.
  package let about: String
  package let kind: Kind

  @usableFromInline init(name: String, about: String = "", kind: Kind) {
    self.name = name
    self.about = about
    self.kind = kind
  }
}
