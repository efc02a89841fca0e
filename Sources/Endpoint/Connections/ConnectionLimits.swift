import NIOCore
import NIOHTTP1
import NIOHTTP2

/// What one connection may take, in whatever version of HTTP it speaks.
struct ConnectionLimits: Sendable {
  /// For a request to arrive whole, and in which an answer must be taken.
  let timeout: TimeAmount
  /// The largest body of a request in bytes: a larger one is not waited for.
  let body: Int
  let connections: ConnectionCount

  /// Bytes of one field, of all fields of a request, and how many fields there may be.
  static let headerField = 16 * 1024
  static let headerList = 32 * 1024
  static let headerCount = 100
  /// Requests at once in one connection of HTTP/2.
  static let streams = 64

  func entry() -> ConnectionEntry { ConnectionEntry(timeout: timeout, connections: connections) }

  /// How long a body may go on coming that nobody reads: closing at once could lose the answer on its way.
  static let lingering = TimeAmount.seconds(2)
  /// How long what has not arrived whole may still take when the server stops.
  static let lastArrival = TimeAmount.seconds(1)

  /// Besides these, the library's own limits hold: five continued frames of a header, 200 resets, errors or frames of
  /// control in half a minute.
  static var streamConfiguration: NIOHTTP2Handler.Configuration {
    var configuration = NIOHTTP2Handler.Configuration()
    configuration.connection.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: streams),
      HTTP2Setting(parameter: .maxHeaderListSize, value: headerList),
    ]
    return configuration
  }
}

extension ConnectionLimits {
  /// Whether a text is a host with or without a port, as far as its characters tell.
  static func isHost(_ text: String) -> Bool {
    text.utf8.count <= 300
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "%"):
          true
        default: false
        }
      }
  }
}
