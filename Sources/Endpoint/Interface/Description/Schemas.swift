import Ratings

/// A type used in the JSON of the interface; `Schema` finds its fields by decoding.
protocol InterfaceBody: Decodable, Sendable {
  /// Its name in the description; nil for inline schemas.
  static var schemaName: String? { get }
  /// An optional description.
  static var schemaDescription: String? { get }
  /// Details beyond a field's type, such as its maximum length, by the field's name.
  static func details(_ scale: RatingScale) -> [String: JSONValue]
}

extension InterfaceBody {
  static var schemaName: String? { nil }
  static var schemaDescription: String? { nil }
  static func details(_ scale: RatingScale) -> [String: JSONValue] { [:] }
}

/// A type that provides its own schema.
protocol SchemaProviding {
  static func schema(_ schemas: Schemas) throws -> JSONValue
  static var example: Self { get }
}

/// An enumeration of texts.
protocol InterfaceChoice: CaseIterable, Decodable, RawRepresentable, Sendable where RawValue == String {}

/// JSON Schemas of types; named ones occur once.
final class Schemas {
  let scale: RatingScale
  /// By name.
  private(set) var named: [String: JSONValue] = [:]

  init(scale: RatingScale) { self.scale = scale }

  /// The schema of a type, or a reference to it.
  ///
  /// - Throws: if the type does not decode from values of the types that it requests.
  func schema<Value: Decodable>(of type: Value.Type) throws -> JSONValue {
    guard let name = (type as? any InterfaceBody.Type)?.schemaName else { return try unnamed(type) }
    if named[name] == nil {
      // Registered first, so that a type may refer to itself.
      named[name] = [:]
      named[name] = try unnamed(type)
    }
    return ["$ref": .text("#/components/schemas/" + name)]
  }

  private func unnamed<Value: Decodable>(_ type: Value.Type) throws -> JSONValue {
    if let own = type as? any SchemaProviding.Type { return try own.schema(self) }
    if let choice = type as? any InterfaceChoice.Type { return ["enum": .list(Self.values(of: choice))] }
    return try Self.simple(type) ?? recorded(type).schema
  }

  /// A type's schema, and a value of it.
  func recorded<Value: Decodable>(_ type: Value.Type) throws -> (schema: JSONValue, value: Value) {
    let recorder = SchemaRecorder(schemas: self)
    let value = try Value(from: recorder)
    let body = type as? any InterfaceBody.Type
    let schema = try recorder.schema(details: body?.details(scale) ?? [:])
    return (body?.schemaDescription.map { schema.merging(["description": .text($0)]) } ?? schema, value)
  }

  private static func values(of type: (some InterfaceChoice).Type) -> [JSONValue] {
    type.allCases.map { .text($0.rawValue) }
  }

  private static func simple(_ type: any Decodable.Type) -> JSONValue? {
    switch type {
    case is String.Type: ["type": "string"]
    case is Bool.Type: ["type": "boolean"]
    case is any FixedWidthInteger.Type: ["type": "integer"]
    case is any BinaryFloatingPoint.Type: ["type": "number"]
    default: nil
    }
  }
}

extension Schemas {
  /// The ratings that the site accepts, as text.
  var levelTexts: [String] {
    (0..<scale.levelCount).map { AccountPages.text(scale.value(ofLevel: $0)) }
  }

  /// The ratings that the site accepts, as JSON.
  var levels: [JSONValue] {
    (0..<scale.levelCount).map { level in
      let stars = Double(scale.value(ofLevel: level))
      return Int(exactly: stars).map { .integer($0) } ?? .number(stars)
    }
  }
}
