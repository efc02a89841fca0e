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
  /// A text of values that many pages show.
  case sharedText(SharedText)
  case list(TemplateValues)
  case object(TemplateObject)
}

/// The values of one page model, or of one item in it: a `PageModel` makes them.
public struct TemplateObject: Sendable {
  /// In the order in which the schema declares the fields, one for each.
  @usableFromInline package let values: TemplateValues

  package var schema: TemplateSchema {
    guard let schema = values.schema else { preconditionFailure("the values of an object have a schema") }
    return schema
  }

  @inlinable init(_ values: TemplateValues) { self.values = values }

  /// Values under names that no schema declares, for the specification and for tests: each object builds a schema of
  /// its own, which costs far more than the values.
  package init(_ dictionary: [String: TemplateValue]) {
    let entries = dictionary.sorted { $0.key < $1.key }
    let schema = TemplateSchema("dictionary", entries.map { TemplateField(name: $0.key, kind: .text) })
    self.init(TemplateValues(entries.map(\.value), schema: schema))
  }
}
