/// One HTTP request.
package struct WebRequest: Sendable {
  package var method = "GET"
  /// http:// or https://.
  package var url: String
  package var headers: [(name: String, value: String)] = []
  package var body: [UInt8] = []
  /// A file to send instead of `body`.
  package var upload: String?
  /// Requests the bytes from this offset on.
  package var resumeFrom = 0
  /// Seconds after which the transfer is aborted in any case; 0 waits as long as data arrive.
  package var timeout = 0

  package init(_ url: String) { self.url = url }
}

/// A response.
package struct WebResponse: Sendable {
  package var status: Int
  /// Names in lower case; of repeated headers the last.
  package var headers: [String: String] = [:]
  package var body: [UInt8] = []

  /// The body as text.
  package var text: String { String(decoding: body, as: UTF8.self) }
}
