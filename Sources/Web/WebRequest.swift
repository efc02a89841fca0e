/// One HTTP request.
public struct WebRequest: Sendable {
  public var method = "GET"
  /// http:// or https://.
  public var url: String
  public var headers: [(name: String, value: String)] = []
  public var body: [UInt8] = []
  /// A file to send in the place of `body`, such as one of a site.
  public var upload: String?
  /// Asks for the bytes of the answer from here on.
  public var resumeFrom = 0
  /// Seconds after which the exchange is given up, whatever arrives; 0 waits as long as bytes come.
  public var timeout = 0

  public init(_ url: String) { self.url = url }
}

/// What came back.
public struct WebResponse: Sendable {
  public var status: Int
  /// Names in lower case; of headers that come twice the last.
  public var headers: [String: String] = [:]
  public var body: [UInt8] = []

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }
}
