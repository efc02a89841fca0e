import Dispatch
import Foundation

/// HTTP to a program on this machine.
///
/// `URLSession` of swift-corelibs-foundation fails on chromedriver's header lines, which have no blank after the colon.
struct LoopbackHTTP: Sendable {
  let port: Int

  /// Sends one request on a connection of its own.
  ///
  /// - Returns: the body of the answer.
  func send(_ method: String, _ path: String, body: Data, seconds: Int) async throws -> Data {
    let lines = [
      "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close",
      "Content-Type: application/json; charset=utf-8", "Content-Length: \(body.count)",
    ]
    let request = Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    // On a thread that may block.
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try exchange([UInt8](request), seconds: seconds) })
      }
    }
  }

  private func exchange(_ request: [UInt8], seconds: Int) throws -> Data {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    defer { close(descriptor) }
    var timeout = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw BrowserError.failed("nobody listens on port \(port)") }
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw BrowserError.failed("port \(port): the connection broke") }
      sent += count
    }
    var answer: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &block, block.count)
      guard count >= 0 else { throw BrowserError.failed("port \(port): no answer within \(seconds) s") }
      answer += block[..<count]
      if let body = try Self.body(of: answer, isComplete: count == 0) { return body }
    }
  }

  /// The body, once all of it is there.
  private static func body(of answer: [UInt8], isComplete: Bool) throws -> Data? {
    let blank = Data("\r\n\r\n".utf8)
    guard let end = Data(answer.prefix(16_384)).range(of: blank) else {
      if isComplete { throw BrowserError.failed("an answer without a head") }
      return nil
    }
    let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self).lowercased()
    let length = head.firstMatch(of: /content-length: *(\d+)/).flatMap { Int($0.1) }
    let body = answer[end.upperBound...]
    if let length, body.count >= length { return Data(body.prefix(length)) }
    return isComplete ? Data(body) : nil
  }
}
