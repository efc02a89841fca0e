import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A web server on a loopback port that answers as a test says, one thread a connection.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    var method = ""
    /// Path and query as sent.
    var target = ""
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    var path: String { String(target.prefix { $0 != "?" }) }

    func query(_ name: String) -> String? {
      target.split(separator: "?").dropFirst().first?.split(separator: "&").map { $0.split(separator: "=") }
        .first { $0.first.map(String.init) == name }?.dropFirst().first.flatMap { String($0).removingPercentEncoding }
    }
  }

  struct Response: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// The length that the answer claims to have; nil for the right one.
    var length: String?
    /// Sends only so much of the body and hangs up.
    var cut: Int?

    static func text(_ text: String, status: Int = 200) -> Response { Response(status: status, body: Array(text.utf8)) }
  }

  let port: UInt16
  private let listener: Int32
  private let log = Log()

  private final class Log: Sendable { let requests = Mutex<[Request]>([]) }

  var address: String { "http://127.0.0.1:\(port)" }
  /// What was asked so far.
  var requests: [Request] { log.requests.withLock { $0 } }

  init(_ answer: @escaping @Sendable (Request) -> Response) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRINUSE) }
    self.listener = listener
    port = UInt16(bigEndian: place.sin_port)
    Thread { [log] in
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0 { return }
        Thread {
          Self.serve(connection) { request in
            log.requests.withLock { $0.append(request) }
            return answer(request)
          }
        }.start()
      }
    }.start()
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func serve(_ connection: Int32, _ answer: (Request) -> Response) {
    defer { close(connection) }
    var pending: [UInt8] = []
    func more() -> Bool {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(connection, &buffer, buffer.count)
      if count > 0 { pending += buffer[..<count] }
      return count > 0
    }
    let blank = Array("\r\n\r\n".utf8)
    while true {
      var end = pending.firstRange(of: blank)
      while end == nil {
        guard more() else { return }
        end = pending.firstRange(of: blank)
      }
      guard let end else { return }
      let lines = String(decoding: pending[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
      pending.removeSubrange(..<end.upperBound)
      let words = lines[0].split(separator: " ").map(String.init)
      var request = Request(method: words[0], target: words[1])
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.count == 2 { request.headers[parts[0].lowercased()] = parts[1] }
      }
      if request.headers["expect"] == "100-continue" { send(connection, Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
      let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
      while pending.count < length { guard more() else { return } }
      request.body = Array(pending[..<length])
      pending.removeSubrange(..<length)
      let response = answer(request)
      var head = "HTTP/1.1 \(response.status) X\r\nContent-Length: \(response.length ?? "\(response.body.count)")\r\n"
      for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
      send(connection, Array((head + "\r\n").utf8))
      if request.method != "HEAD" { send(connection, Array(response.body.prefix(response.cut ?? .max))) }
      if response.cut != nil { return }
    }
  }

  private static func send(_ connection: Int32, _ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }
}
