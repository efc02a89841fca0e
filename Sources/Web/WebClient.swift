import CCurl

/// An HTTP client based on libcurl: proxies from the environment (`https_proxy`, `no_proxy`), the system's
/// certificates, redirects.
package struct WebClient: Sendable {
  /// The user agent.
  package var userAgent: String
  /// Seconds without data after which a transfer is aborted.
  package var stallTimeout: Int
  /// How often a request is retried after a network failure, 429 or 5xx.
  package var retries: Int
  /// Waits this many seconds between attempts.
  package var wait: @Sendable (Double) -> Void
  /// The file of trusted certificate authorities, instead of the system's.
  package var authorities: String?

  package init(
    userAgent: String, stallTimeout: Int = 60, retries: Int = 3, wait: @escaping @Sendable (Double) -> Void
  ) {
    (self.userAgent, self.stallTimeout, self.retries, self.wait) = (userAgent, stallTimeout, retries, wait)
  }

  /// The version of libcurl; nil if it is missing.
  package static var libraryVersion: String? { marquee_web_version().map { String(cString: $0) } }

  /// The largest body that is kept in memory, in bytes.
  package static let largestBody = 64 << 20
  /// The largest file that is downloaded, in bytes; ten times the largest public set of ratings.
  package static let largestFile = 8 << 30

  /// Sends a request and waits for the complete response, whatever its status. Network failures, 429 and 5xx are retried
  /// after the time that the server asks for (`Retry-After`), otherwise after 1, 2, 4 … seconds.
  ///
  /// - Parameter limit: the largest body that is accepted.
  /// - Throws: `WebError` if there is no response.
  package func send(_ request: WebRequest, limit: Int = WebClient.largestBody) throws(WebError) -> WebResponse {
    var attempt = 0
    while true {
      let pause: Double
      do throws(WebError) {
        let response = try sendOnce(request, limit: limit)
        guard response.status == 429 || response.status >= 500, attempt < retries else { return response }
        pause = response.headers["retry-after"].flatMap(Self.seconds) ?? Self.pause(attempt)
      } catch {
        guard case .failed = error, attempt < retries else { throw error }
        pause = Self.pause(attempt)
      }
      wait(pause)
      attempt += 1
    }
  }

  /// Sends a request and requires a 2xx response.
  ///
  /// - Throws: `WebError`.
  package func require(_ request: WebRequest) throws(WebError) -> WebResponse {
    let response = try send(request)
    guard (200..<300).contains(response.status) else { throw response.error(of: request) }
    return response
  }

  private func sendOnce(_ request: WebRequest, limit: Int) throws(WebError) -> WebResponse {
    var body: [UInt8] = []
    var isTooLarge = false
    var response = try exchange(request) { _, bytes in
      isTooLarge = body.count + bytes.count > limit
      if !isTooLarge { body += bytes }
      return !isTooLarge
    }
    if isTooLarge { throw .tooLarge(url: request.shownURL, bytes: limit) }
    response.body = body
    return response
  }

  /// The longest pause between attempts, whatever a server asks for.
  private static let longestPause = 120.0

  /// A number of seconds in a header; nil for a date, or for an invalid time.
  private static func seconds(_ text: String) -> Double? {
    guard let number = Double(text), number.isFinite, number >= 0 else { return nil }
    return min(number, longestPause)
  }

  static func pause(_ attempt: Int) -> Double { Double(1 << min(attempt, 6)) }
}

extension WebResponse {
  /// The status as an error, with the beginning of the response body.
  func error(of request: WebRequest) -> WebError {
    let words = text.prefix(200).split(whereSeparator: \.isNewline).joined(separator: " ")
    return .status(url: request.shownURL, code: status, excerpt: words.hasPrefix("<") ? "" : words)
  }
}
