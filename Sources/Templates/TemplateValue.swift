/// What a name in a template stands for.
///
/// A section renders nothing for `null`, `false`, an empty text and an empty list. A number is never false, not even
/// zero, as in the Mustache specification: a page model says with a flag or with `null` that there is nothing to show.
public enum TemplateValue: Sendable {
  case null
  case flag(Bool)
  case integer(Int)
  /// Printed with the fewest digits that name it, whole numbers without a point; one that is not finite prints nothing.
  case number(Double)
  /// Also trusted HTML: a field of HTML takes nothing else, and only such a field may be printed as it is.
  case text(String)
  case list([TemplateValue])
  case object(TemplateObject)
}

/// The values of one page model, or of one item in it: a `PageModel` makes them.
public struct TemplateObject: Sendable {
  @usableFromInline package let schema: TemplateSchema
  /// In the order in which `schema` declares the fields, one for each.
  @usableFromInline package let values: [TemplateValue]

  @inlinable init(_ schema: TemplateSchema, _ values: [TemplateValue]) {
    assert(values.count == schema.fields.count, "a field of \(schema.name) did not fill its place")
    self.schema = schema
    self.values = values
  }

  /// Values under names that no schema declares, for the specification and for tests: each object builds a schema of
  /// its own, which costs far more than the values.
  package init(_ dictionary: [String: TemplateValue]) {
    let entries = dictionary.sorted { $0.key < $1.key }
    self.init(
      TemplateSchema("dictionary", entries.map { TemplateField(name: $0.key, kind: .text) }), entries.map(\.value))
  }
}
