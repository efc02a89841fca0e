// Unsafe: hands C strings and a context pointer to libcurl for the duration of one call.

import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension WebClient {
  /// Makes one request and passes on the body in chunks as they arrive.
  ///
  /// - Parameter receive: called with the status, the headers so far and a chunk of the body; false stops the transfer.
  /// - Returns: the response without its body.
  func exchange(
    _ request: WebRequest, receive: (_ response: WebResponse, _ bytes: UnsafeRawBufferPointer) -> Bool
  ) throws(WebError) -> WebResponse {
    var file: Int32 = -1
    var length = 0
    if let path = request.upload {
      file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw .unreadable(path: path) }
      var facts = stat()
      if fstat(file, &facts) == 0 { length = Int(facts.st_size) }
    }
    defer { if file >= 0 { close(file) } }
    let lines = request.headers.map { strdup("\($0.name): \($0.value)") }
    defer { for line in lines { free(line) } }
    let method = strdup(request.method)
    let url = strdup(request.url)
    let agent = strdup(userAgent)
    let certificates = authorities.flatMap { strdup($0) }
    defer {
      free(method)
      free(url)
      free(agent)
      free(certificates)
    }
    var result = marquee_web_result()
    var response = WebResponse(status: 0)
    withoutActuallyEscaping(receive) { receive in
      let exchange = Exchange(receive: receive)
      let headers = lines.map { UnsafePointer($0) } + [nil]
      request.body.withUnsafeBytes { body in
        headers.withUnsafeBufferPointer { headers in
          var raw = marquee_web_request()
          raw.method = UnsafePointer(method)
          raw.url = UnsafePointer(url)
          raw.headers = headers.baseAddress
          raw.body = body.baseAddress
          raw.body_length = body.count
          raw.upload = file
          raw.upload_length = Int64(length)
          raw.resume_from = Int64(request.resumeFrom)
          raw.connect_timeout = 20
          raw.stall_timeout = stallTimeout
          raw.total_timeout = request.timeout
          raw.user_agent = UnsafePointer(agent)
          raw.authorities = certificates.map { UnsafePointer($0) }
          marquee_web_perform(
            &raw,
            { bytes, size, count, context in Exchange.at(context).take(bytes, size * count) },
            { bytes, size, count, context in Exchange.at(context).takeHeader(bytes, size * count) },
            Unmanaged.passUnretained(exchange).toOpaque(), &result)
        }
      }
      response = exchange.response
    }
    if result.failure == -1 { throw .noCurl }
    response.status = result.status
    // 23: our own callback stopped it.
    if result.failure != 0, result.failure != 23 {
      let reason = withUnsafeBytes(of: &result.message) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .failed(url: request.shownURL, reason: reason)
    }
    return response
  }

  /// The context of libcurl's callbacks.
  private final class Exchange {
    var response = WebResponse(status: 0)
    let receive: (WebResponse, UnsafeRawBufferPointer) -> Bool

    init(receive: @escaping (WebResponse, UnsafeRawBufferPointer) -> Bool) { self.receive = receive }

    static func at(_ context: UnsafeMutableRawPointer?) -> Exchange {
      guard let context else { preconditionFailure("the context is handed to every call") }
      return Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    }

    func take(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int {
      receive(response, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    func takeHeader(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int {
      let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
      if line.hasPrefix("HTTP/") {
        // Each redirect has its own headers: the last ones count.
        let code = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        response = WebResponse(status: code ?? 0)
      } else if let colon = line.firstIndex(of: ":") {
        let value = line[line.index(after: colon)...].filter { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
        response.headers[line[..<colon].lowercased()] = String(value.drop { $0 == " " })
      }
      return count
    }
  }
}

extension WebRequest {
  /// The address for messages: without a key that the query may contain.
  var shownURL: String { String(url.prefix { $0 != "?" }) }
}
