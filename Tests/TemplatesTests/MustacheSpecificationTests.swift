import Templates
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
    return try JSONDecoder().decode(Module.self, from: Data(contentsOf: file)).tests.map { test in
      Example(
        module: module, name: test.name, template: test.template, partials: test.partials ?? [:],
        data: test.data.value, expected: test.expected)
    }
  }

  /// A file of the specification.
  struct Module: Decodable {
    struct Case: Decodable {
      var name: String
      var template: String
      var expected: String
      var partials: [String: String]?
      var data: JSONValue
    }
    var tests: [Case]
  }

  struct JSONValue: Decodable {
    var value: TemplateValue

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let flag = try? container.decode(Bool.self) {
        value = .flag(flag)
      } else if let integer = try? container.decode(Int.self) {
        value = .integer(integer)
      } else if let number = try? container.decode(Double.self) {
        value = .number(number)
      } else if let text = try? container.decode(String.self) {
        value = .text(text)
      } else if let list = try? container.decode([JSONValue].self) {
        value = .list(TemplateValues(list.map(\.value)))
      } else {
        value = .object(TemplateObject(try container.decode([String: JSONValue].self).mapValues(\.value)))
      }
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
    var slowly: [UInt8] = []
    let library = try TemplateLibrary(sources)
    library.render("test case", value: example.data, into: &bytes)
    library.render("test case", value: example.data, callByCall: true, into: &slowly)
    #expect(String(decoding: bytes, as: UTF8.self) == example.expected)
    #expect(String(decoding: slowly, as: UTF8.self) == example.expected)
  }
}
