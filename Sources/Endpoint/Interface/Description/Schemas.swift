import Ratings

/// A type whose values come or go in the interface's JSON; `Schema` finds its fields in how it decodes.
protocol InterfaceBody: Decodable, Sendable {
  /// The name under which the description has it; nil for a part of another that needs none.
  static var schemaName: String? { get }
  /// What is worth a sentence.
  static var schemaDescription: String? { get }
  /// What a field's type does not say of it, such as its longest value, by the field's name.
  static func details(_ scale: RatingScale) -> [String: JSONValue]
}

extension InterfaceBody {
  static var schemaName: String? { nil }
  static var schemaDescription: String? { nil }
  static func details(_ scale: RatingScale) -> [String: JSONValue] { [:] }
}

/// A type whose JSON is not that of its fields, and which says itself what it is.
protocol SchemaProviding {
  static func schema(_ schemas: Schemas) throws -> JSONValue
  static var example: Self { get }
}

/// A text of some that are possible.
protocol InterfaceChoice: CaseIterable, Decodable, RawRepresentable, Sendable where RawValue == String {}

/// JSON Schemas of types, those with names once each.
final class Schemas {
  let scale: RatingScale
  /// By name.
  private(set) var named: [String: JSONValue] = [:]

  init(scale: RatingScale) { self.scale = scale }

  /// The schema of a type, or where it stands.
  ///
  /// - Throws: where the type does not decode from any values of the types it asks for.
  func schema<Value: Decodable>(of type: Value.Type) throws -> JSONValue {
    guard let name = (type as? any InterfaceBody.Type)?.schemaName else { return try unnamed(type) }
    if named[name] == nil {
      // There first, so that a type may hold others of its own.
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

  /// The schema of a type that is told apart, and a value of it.
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
  /// What stars the site takes, as texts have them.
  var levelTexts: [String] {
    (0..<scale.levelCount).map { AccountPages.text(scale.value(ofLevel: $0)) }
  }

  /// What stars the site takes, as JSON has them.
  var levels: [JSONValue] {
    (0..<scale.levelCount).map { level in
      let stars = Double(scale.value(ofLevel: level))
      return Int(exactly: stars).map { .integer($0) } ?? .number(stars)
    }
  }
}
