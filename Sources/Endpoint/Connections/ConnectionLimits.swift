import NIOCore
import NIOHTTP1
import NIOHTTP2

/// The limits of a connection, for any version of HTTP.
struct ConnectionLimits: Sendable {
  /// The time for a request to arrive, and for a response to be received.
  let timeout: TimeAmount
  /// The largest body of a request in bytes: larger ones are rejected at once.
  let body: Int
  let connections: ConnectionCount

  /// Bytes of one field, of all fields of a request, and how many fields there may be.
  static let headerField = 16 * 1024
  static let headerList = 32 * 1024
  static let headerCount = 100
  /// Concurrent requests in an HTTP/2 connection.
  static let streams = 64

  func entry() -> ConnectionEntry { ConnectionEntry(timeout: timeout, connections: connections) }

  /// How long an unread body may continue to arrive: closing at once could lose the response.
  static let lingering = TimeAmount.seconds(2)
  /// How long incomplete requests may still take when the server stops.
  static let lastArrival = TimeAmount.seconds(1)

  /// The library's own limits also apply: five continued frames of a header, 200 resets, errors or frames of
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
  /// Whether a text has only characters of a host with or without a port.
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
