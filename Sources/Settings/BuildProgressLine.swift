#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A line that a build writes for the program that started it, as JSON.
package struct BuildProgressLine: Codable, Equatable, Sendable {
  package enum Event: String, Codable, Sendable {
    /// A stage begins.
    case started
    /// A stage is done.
    case finished
    /// Something that its owner should know.
    case note
  }

  package var event: Event
  package var stage: Stage?
  package var text: String?

  package init(_ event: Event, stage: Stage? = nil, text: String? = nil) {
    (self.event, self.stage, self.text) = (event, stage, text)
  }

  /// Reads a line; nil where it is none, as the one that says what went wrong.
  package init?(line: String) {
    guard let line = try? JSONDecoder().decode(Self.self, from: Data(line.utf8)) else { return nil }
    self = line
  }

  /// Without its end.
  package var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
