/// A text, which `{{name}}` escapes; it may be absent, and a section takes an empty one for false.
public struct Text<Input>: ModelField {
  public let part: ModelPart<Input>

  @inlinable public init(
    _ name: String, _ about: String = "", _ value: @escaping @Sendable (Input) -> String?
  ) {
    part = ModelPart(declared: [TemplateField(name: name, about: about, kind: .text)]) { input, values in
      values.append(value(input).map { .text($0) } ?? .null)
    }
  }
}

/// HTML, the only kind that `{{{name}}}` may print.
public struct HTML<Input>: ModelField {
  public let part: ModelPart<Input>

  @inlinable public init(
    _ name: String, _ about: String = "", _ value: @escaping @Sendable (Input) -> TrustedHTML
  ) {
    part = ModelPart(declared: [TemplateField(name: name, about: about, kind: .html)]) { input, values in
      values.append(.text(value(input).text))
    }
  }
}

/// What a field of numbers takes: whole and broken ones.
public protocol TemplateNumber: Sendable {
  /// The number as templates print it.
  var templateValue: TemplateValue { get }
}

extension Int: TemplateNumber {
  @inlinable public var templateValue: TemplateValue { .integer(self) }
}

extension Double: TemplateNumber {
  @inlinable public var templateValue: TemplateValue { .number(self) }
}

/// A number; it may be absent, and a section takes every number for true, also zero.
public struct Number<Input>: ModelField {
  public let part: ModelPart<Input>

  @inlinable public init<Value: TemplateNumber>(
    _ name: String, _ about: String = "", _ value: @escaping @Sendable (Input) -> Value?
  ) {
    part = ModelPart(declared: [TemplateField(name: name, about: about, kind: .number)]) { input, values in
      values.append(value(input)?.templateValue ?? .null)
    }
  }
}

/// True or false; it prints as `true` or `false`.
public struct Flag<Input>: ModelField {
  public let part: ModelPart<Input>

  @inlinable public init(
    _ name: String, _ about: String = "", _ value: @escaping @Sendable (Input) -> Bool
  ) {
    part = ModelPart(declared: [TemplateField(name: name, about: about, kind: .flag)]) { input, values in
      values.append(.flag(value(input)))
    }
  }
}

/// An object, whose names are known in a section over it and after a dot; it may be absent.
public struct Object<Input>: ModelField {
  public let part: ModelPart<Input>

  /// - Parameter model: makes the object.
  @inlinable public init<Item>(
    _ name: String, _ about: String = "", of model: PageModel<Item>, _ item: @escaping @Sendable (Input) -> Item?
  ) {
    part = ModelPart(declared: [TemplateField(name: name, about: about, kind: .object(model.schema))]) {
      input, values in
      values.append(item(input).map { .object(model($0).object) } ?? .null)
    }
  }

  /// - Parameter model: has made the object.
  @inlinable public init<Item>(
    _ name: String, _ about: String = "", sharing model: PageModel<Item>,
    _ object: @escaping @Sendable (Input) -> ModelObject<Item>?
  ) {
    part = ModelPart(declared: [TemplateField(name: name, about: about, kind: .object(model.schema))]) {
      input, values in
      values.append(object(input).map { .object($0.object) } ?? .null)
    }
  }
}

/// A list of objects of one kind, with a flag that says whether it has any.
public struct List<Input>: ModelField {
  public let part: ModelPart<Input>

  /// - Parameters:
  ///   - flag: the name of the flag, such as "hasGenres".
  ///   - model: makes the objects.
  @inlinable public init<Items: Sequence & SendableMetatype>(
    _ name: String, _ about: String = "", announcedBy flag: String? = nil, of model: PageModel<Items.Element>,
    _ items: @escaping @Sendable (Input) -> Items
  ) {
    part = ModelPart(name, about, announcedBy: flag, kind: .list(model.schema)) { input in
      let items = items(input)
      var values = TemplateValuesBuilder(capacity: items.underestimatedCount)
      for item in items { values.append(.object(model(item).object)) }
      return values.finish()
    }
  }

  /// - Parameters:
  ///   - flag: the name of the flag, such as "hasMovies".
  ///   - model: has made the objects.
  @inlinable public init<Item, Objects: Sequence & SendableMetatype>(
    _ name: String, _ about: String = "", announcedBy flag: String? = nil, sharing model: PageModel<Item>,
    _ objects: @escaping @Sendable (Input) -> Objects
  ) where Objects.Element == ModelObject<Item> {
    part = ModelPart(name, about, announcedBy: flag, kind: .list(model.schema)) { input in
      let objects = objects(input)
      var values = TemplateValuesBuilder(capacity: objects.underestimatedCount)
      for object in objects { values.append(.object(object.object)) }
      return values.finish()
    }
  }
}

/// A list of texts, each `{{.}}` in a section over it, with a flag that says whether it has any.
public struct TextList<Input>: ModelField {
  public let part: ModelPart<Input>

  /// - Parameter flag: the name of the flag, such as "hasLikes".
  @inlinable public init(
    _ name: String, _ about: String = "", announcedBy flag: String? = nil,
    _ texts: @escaping @Sendable (Input) -> [String]
  ) {
    part = ModelPart(name, about, announcedBy: flag, kind: .texts) { input in
      let texts = texts(input)
      var values = TemplateValuesBuilder(capacity: texts.count)
      for text in texts { values.append(.text(text)) }
      return values.finish()
    }
  }
}

extension ModelPart {
  /// A list and behind it the flag that says whether it has anything.
  @inlinable init(
    _ name: String, _ about: String, announcedBy flag: String?, kind: TemplateField.Kind,
    _ items: @escaping @Sendable (Input) -> TemplateValues
  ) {
    let list = TemplateField(name: name, about: about, kind: kind)
    guard let flag else {
      self.init(declared: [list]) { input, values in values.append(.list(items(input))) }
      return
    }
    self.init(declared: [list, TemplateField(name: flag, about: "Whether there are any `\(name)`.", kind: .flag)]) {
      input, values in
      let items = items(input)
      values.append(.list(items))
      values.append(.flag(!items.isEmpty))
    }
  }
}
