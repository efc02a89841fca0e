#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The fields of a value, each as text that is the same in every run.
enum EncodedFields {
  /// By the names of the coding keys.
  static func all(of value: some Encodable) throws -> [(name: String, text: String)] {
    let fields = try JSONDecoder().decode([String: Field].self, from: JSONEncoder().encode(value))
    return fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value.text) }
  }

  private enum Field: Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case string(String)
    case list([Field])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let string = try? container.decode(String.self) {
        self = .string(string)
      } else {
        self = .list(try container.decode([Field].self))
      }
    }

    var text: String {
      switch self {
      case .null: "-"
      case .flag(let flag): "\(flag)"
      case .number(let number): "\(number)"
      case .string(let string): string
      // Each with its length, so that two lists never read the same.
      case .list(let fields): fields.map { "\($0.text.utf8.count):\($0.text)" }.joined()
      }
    }
  }
}
