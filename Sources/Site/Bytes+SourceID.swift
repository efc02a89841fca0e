import Platform
package import Ratings

extension [UInt8] {
  /// A number or a string, as the identifier is.
  package mutating func append(json id: SourceID) {
    switch id {
    case .number(let number): append(number: Int(number))
    case .text(let text): append(json: text)
    }
  }
}
