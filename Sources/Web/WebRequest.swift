/// One HTTP request.
public struct WebRequest: Sendable {
  public var method = "GET"
  /// http:// or https://.
  public var url: String
  public var headers: [(name: String, value: String)] = []
  public var body: [UInt8] = []
  /// A file to send instead of `body`.
  public var upload: String?
  /// Requests the bytes from this offset on.
  public var resumeFrom = 0
  /// Seconds after which the transfer is aborted in any case; 0 waits as long as data arrive.
  public var timeout = 0

  public init(_ url: String) { self.url = url }
}

/// A response.
public struct WebResponse: Sendable {
  public var status: Int
  /// Names in lower case; of repeated headers the last.
  public var headers: [String: String] = [:]
  public var body: [UInt8] = []

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }
}
