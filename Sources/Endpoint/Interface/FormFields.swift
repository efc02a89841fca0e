import HTTPTypes
import Platform

/// Fields of a form or a query (`application/x-www-form-urlencoded`), in their order.
struct FormFields: Sendable {
  private let fields: [(name: String, value: String)]

  /// - Throws: `Problem` for broken escapes and invalid UTF-8.
  init(_ text: some StringProtocol) throws { try self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8]) throws {
    fields = try bytes.split(separator: UInt8(ascii: "&")).prefix(10_000).map { pair in
      let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let name = PercentEncoding.validText(of: pair[..<end], isForm: true),
        let value = PercentEncoding.validText(of: pair[end...].dropFirst(), isForm: true)
      else {
        throw Problem(.badRequest, "the fields are not URL-encoded UTF-8; encode them with percent signs")
      }
      return (name, value)
    }
  }

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// An integer from a range; nil if the field is missing.
  func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = self[name] else { return nil }
    guard text.utf8.count <= 10, let number = Int(text), range.contains(number) else {
      throw Problem(
        .unprocessableContent, "“\(name)” takes a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
