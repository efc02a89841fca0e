/// Decodes a type from nothing and records its requests: its fields, their types, and which of them are optional.
final class SchemaRecorder: Decoder {
  let schemas: Schemas
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  /// By name; nil for types without fields.
  private var fields: [String: JSONValue]?
  private var required: Set<String> = []
  /// Optional fields, whose presence was checked.
  private var optional: Set<String> = []
  private var element: JSONValue?
  private var single: JSONValue?

  init(schemas: Schemas) { self.schemas = schemas }

  /// A type whose schema cannot be determined.
  struct Unclear: Error {}

  /// - Throws: `Unclear`; also if there is a detail for a field that the type does not have.
  func schema(details: [String: JSONValue]) throws -> JSONValue {
    if let single { return single }
    if let element { return ["type": "array", "items": element] }
    guard var fields, details.keys.allSatisfy({ fields[$0] != nil }) else { throw Unclear() }
    for (name, detail) in details { fields[name] = fields[name]?.merging(detail) }
    var schema: [String: JSONValue] = ["type": "object", "properties": .object(fields)]
    let needed = required.subtracting(optional).sorted()
    if !needed.isEmpty { schema["required"] = .list(needed.map { .text($0) }) }
    return .object(schema)
  }

  fileprivate func value<Value: Decodable>(_ type: Value.Type) throws -> (schema: JSONValue, value: Value) {
    let schema = try schemas.schema(of: type)
    if let simple = Self.simple(type) { return (schema, simple) }
    return (schema, try schemas.recorded(type).value)
  }

  /// A value of a type without fields.
  private static func simple<Value>(_ type: Value.Type) -> Value? {
    let known: Any? =
      switch type {
      case is String.Type: ""
      case is Bool.Type: false
      case let number as any FixedWidthInteger.Type: zero(number)
      case is Double.Type: 0.0
      case let choice as any InterfaceChoice.Type: first(of: choice)
      case let own as any SchemaProviding.Type: own.example
      default: nil
      }
    return known as? Value
  }

  private static func zero<Number: FixedWidthInteger>(_ type: Number.Type) -> Any { Number.zero }

  private static func first(of type: (some InterfaceChoice).Type) -> Any? { type.allCases.first }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    if fields == nil { fields = [:] }
    return KeyedDecodingContainer(Fields(recorder: self))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements(recorder: self) }

  func singleValueContainer() -> any SingleValueDecodingContainer { One(recorder: self) }

  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recorder: SchemaRecorder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool {
      recorder.optional.insert(key.stringValue)
      return true
    }

    func decodeNil(forKey key: Key) -> Bool {
      recorder.optional.insert(key.stringValue)
      return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      let (schema, value) = try recorder.value(type)
      recorder.fields?[key.stringValue] = schema
      recorder.required.insert(key.stringValue)
      return value
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw Unclear() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Unclear() }
    func superDecoder() throws -> any Decoder { throw Unclear() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw Unclear() }
  }

  private struct Elements: UnkeyedDecodingContainer {
    let recorder: SchemaRecorder
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex == 1 }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let (schema, value) = try recorder.value(type)
      recorder.element = schema
      currentIndex = 1
      return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw Unclear() }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unclear() }
    mutating func superDecoder() throws -> any Decoder { throw Unclear() }
  }

  private struct One: SingleValueDecodingContainer {
    let recorder: SchemaRecorder
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let (schema, value) = try recorder.value(type)
      recorder.single = schema
      return value
    }
  }
}
