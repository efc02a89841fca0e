import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An HTTP client that sends exactly the bytes it is given: others put paths in order before they send them.
struct RawClient {
  struct Answer {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  enum Failure: Error {
    case socket(Int32)
    case noAnswer(String)
  }

  let port: Int

  func get(_ target: String, _ headers: [String] = []) async throws -> Answer {
    try await send("GET", target, headers)
  }

  func send(_ method: String, _ target: String, _ headers: [String] = []) async throws -> Answer {
    let lines = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
    return try await raw(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
  }

  /// Sends exactly these bytes.
  func raw(_ bytes: [UInt8]) async throws -> Answer {
    // On a thread of its own that may block: the server needs those of the pools.
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try exchange(bytes) }) }
    }
  }

  /// A connection to the server, which the caller closes.
  ///
  /// - Parameter own: the last byte of the address on this side, 127.0.0.x.
  func connection(from own: UInt8 = 1) throws -> Int32 {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw Failure.socket(errno) }
    var timeout = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var source = address
    source.sin_port = 0
    source.sin_addr.s_addr = in_addr_t(0x7f00_0000 | UInt32(own)).bigEndian
    let isBound = withUnsafePointer(to: &source) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        own == 1 || bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isBound else {
      let reason = errno
      close(descriptor)
      throw Failure.socket(reason)
    }
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      let reason = errno
      close(descriptor)
      throw Failure.socket(reason)
    }
    return descriptor
  }

  /// Sends `bytes` and reads until the server closes the connection.
  private func exchange(_ bytes: [UInt8]) throws -> Answer {
    let descriptor = try connection()
    defer { close(descriptor) }
    // A server that has read enough answers and closes before all is sent: its answer counts.
    _ = send(descriptor, bytes)
    var answer: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &block, block.count, 0)
      guard count > 0 else { break }
      answer += block[..<count]
    }
    return try parse(answer)
  }

  private func send(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
    #if canImport(Darwin)
      Darwin.send(descriptor, bytes, bytes.count, 0)
    #elseif canImport(Musl)
      Musl.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    #else
      Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    #endif
  }

  private func parse(_ bytes: [UInt8]) throws -> Answer {
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: [13, 10, 13, 10]) }) else {
      throw Failure.noAnswer(String(decoding: bytes, as: UTF8.self))
    }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw Failure.noAnswer(String(decoding: bytes, as: UTF8.self))
    }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    return Answer(status: status, headers: headers, body: Array(bytes[(end + 4)...]))
  }
}
