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
  case text(String)
  case list([TemplateValue])
  case object(TemplateObject)
}

/// The values of one page model, or of one item in it.
public struct TemplateObject: Sendable {
  package let schema: TemplateSchema
  package let values: [TemplateValue]

  /// The values in the order in which `schema` declares its fields, one for each.
  public init(_ schema: TemplateSchema, _ values: [TemplateValue]) {
    precondition(
      values.count == schema.fields.count,
      "\(schema.name) declares \(schema.fields.count) fields, but \(values.count) values were given")
    self.schema = schema
    self.values = values
  }

  /// Values under names that no schema declares, for the specification and for tests: each object builds a schema of
  /// its own, which costs far more than the values.
  public init(_ dictionary: [String: TemplateValue]) {
    let entries = dictionary.sorted { $0.key < $1.key }
    self.init(TemplateSchema("dictionary", entries.map { .text($0.key) }), entries.map(\.value))
  }
}
