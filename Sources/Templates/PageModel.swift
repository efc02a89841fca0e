/// What a template may use of an `Input`: each field declared once, with its name, what it is, its kind and where its value comes from.
///
///     let film = PageModel<Film>("film") {
///       Text("title", "The film's title.") { $0.title }
///       HTML("plot", "What happens.") { $0.plot }                                          // `TrustedHTML` alone
///       List("genres", "Its genres.", announcedBy: "hasGenres", of: link) { $0.genres }    // declares the flag, too
///     }
///
/// The schema that templates are checked against comes of the same lines.
public struct PageModel<Input>: Sendable {
  /// The names, for the check of templates and for the reference.
  public let schema: TemplateSchema
  @usableFromInline let parts: [ModelPart<Input>]

  /// - Parameter name: what error messages call the model.
  public init(_ name: String, @ModelBuilder<Input> _ fields: () -> [ModelPart<Input>]) {
    self.init(name, parts: fields())
  }

  init(_ name: String, parts: [ModelPart<Input>]) {
    self.parts = parts
    schema = TemplateSchema(name, parts.flatMap(\.declared))
  }

  /// The values of one input.
  ///
  /// - Complexity: one call for each field.
  @inlinable public func callAsFunction(_ input: Input) -> ModelObject<Input> {
    var values = TemplateValuesBuilder(capacity: schema.fields.count)
    for part in parts { part.append(input, &values) }
    return ModelObject(object: TemplateObject(values.finish(schema)))
  }

  /// The values of one input that many pages show.
  ///
  /// - Complexity: one call for each field, and a copy of the texts.
  @inlinable public func shared(_ input: Input) -> ModelObject<Input> {
    ModelObject(object: TemplateObject(self(input).object.values.shared()))
  }

  /// The same fields, filled from a part of another input.
  package func of<Whole>(_ part: @escaping @Sendable (Whole) -> Input) -> [ModelPart<Whole>] {
    let parts = parts
    return [
      ModelPart(declared: schema.fields) { whole, values in
        let input = part(whole)
        for part in parts { part.append(input, &values) }
      }
    ]
  }
}

/// What a `PageModel` made of one input: several pages may show it.
public struct ModelObject<Input>: Sendable {
  public let object: TemplateObject

  @inlinable init(object: TemplateObject) { self.object = object }
}

/// Some fields of a model, and how their values are appended in the same order.
public struct ModelPart<Input>: Sendable {
  @usableFromInline let declared: [TemplateField]
  @usableFromInline let append: @Sendable (Input, inout TemplateValuesBuilder) -> Void

  @inlinable init(declared: [TemplateField], append: @escaping @Sendable (Input, inout TemplateValuesBuilder) -> Void) {
    self.declared = declared
    self.append = append
  }
}

/// A declaration in a `PageModel`.
public protocol ModelField<Input>: Sendable {
  associatedtype Input
  /// What it declares and how it is filled.
  var part: ModelPart<Input> { get }
}

/// Puts the declarations of a `PageModel` together.
@resultBuilder public enum ModelBuilder<Input> {
  public static func buildExpression<Field: ModelField>(_ field: Field) -> [ModelPart<Input>]
  where Field.Input == Input { [field.part] }

  /// The fields of another model among these.
  public static func buildExpression(_ parts: [ModelPart<Input>]) -> [ModelPart<Input>] { parts }

  public static func buildBlock(_ parts: [ModelPart<Input>]...) -> [ModelPart<Input>] { parts.flatMap(\.self) }

  public static func buildArray(_ parts: [[ModelPart<Input>]]) -> [ModelPart<Input>] { parts.flatMap(\.self) }

  public static func buildEither(first parts: [ModelPart<Input>]) -> [ModelPart<Input>] { parts }

  public static func buildEither(second parts: [ModelPart<Input>]) -> [ModelPart<Input>] { parts }
}
