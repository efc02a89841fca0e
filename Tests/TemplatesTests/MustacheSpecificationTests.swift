import Foundation
import TestSupport
import Testing

import Templates

@Suite("The Mustache specification")
struct MustacheSpecificationTests {
  /// One case of the specification.
  struct Example: CustomTestStringConvertible, Sendable {
    var module: String
    var name: String
    var template: String
    var partials: [String: String]
    var data: TemplateValue
    var expected: String

    var testDescription: String { "\(module): \(name)" }
  }

  static let modules = [
    "comments", "delimiters", "interpolation", "inverted", "partials", "sections", "~dynamic-names", "~inheritance",
  ]

  static let examples: [Example] = modules.flatMap { module in (try? read(module)) ?? [] }

  static func read(_ module: String) throws -> [Example] {
    let file = URL(fileURLWithPath: SharedData.mustacheSpecification).appendingPathComponent("\(module).json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let tests = try #require(json["tests"] as? [[String: Any]])
    return try tests.map { test in
      Example(
        module: module, name: try #require(test["name"] as? String),
        template: try #require(test["template"] as? String),
        partials: test["partials"] as? [String: String] ?? [:],
        data: value(test["data"] ?? NSNull()), expected: try #require(test["expected"] as? String))
    }
  }

  static func value(_ json: Any) -> TemplateValue {
    switch json {
    case let object as [String: Any]: return .object(TemplateObject(object.mapValues(value)))
    case let list as [Any]: return .list(list.map(value))
    case let text as String: return .text(text)
    case let number as NSNumber:
      if CFGetTypeID(number) == CFBooleanGetTypeID() { return .flag(number.boolValue) }
      return number.doubleValue == number.doubleValue.rounded() ? .integer(number.intValue) : .number(number.doubleValue)
    default: return .null
    }
  }

  @Test(
    "has its modules beside the repository",
    .enabled(if: SharedData.has(SharedData.mustacheSpecification), Comment(rawValue: SharedData.absence)),
    arguments: modules)
  func hasModule(_ module: String) throws {
    #expect(try !Self.read(module).isEmpty)
  }

  @Test(
    "is kept",
    .enabled(if: SharedData.has(SharedData.mustacheSpecification), Comment(rawValue: SharedData.absence)),
    arguments: examples)
  func isKept(_ example: Example) throws {
    let sources =
      [TemplateSource(name: "test case", path: "test.mustache", text: example.template)]
      + example.partials.map { TemplateSource(name: $0.key, path: "\($0.key).mustache", text: $0.value) }
    var bytes: [UInt8] = []
    try TemplateLibrary(sources).render("test case", value: example.data, into: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == example.expected)
  }
}
