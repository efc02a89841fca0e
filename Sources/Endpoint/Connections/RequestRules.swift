import NIOCore
import NIOHTTP1

/// The rules of HTTP/1 for requests beyond the grammar (RFC 9112): one host, only chunked coding, closing the connection
/// if the client wants it or knows nothing else. A request that breaks a rule gets 400, and its connection ends.
final class RequestRules: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// The largest body of a request: larger ones are rejected at once.
  private let bodyLimit: Int
  /// Whether further input is ignored.
  private var isRefused = false
  /// Requests with pending responses, and whether each is the last of the connection.
  private var due: CircularBuffer<Bool> = []

  init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    guard case .head(var head) = unwrapInboundIn(data) else {
      context.fireChannelRead(data)
      return
    }
    guard Self.isValid(head) else {
      refuse(context)
      return
    }
    // The rest of the server only checks for this value.
    let isOld = head.version != .http1_1
    let isLast = isOld || !head.isKeepAlive
    due.append(isLast)
    if isLast {
      head.headers.replaceOrAdd(name: "connection", value: "close")
      context.fireChannelRead(wrapInboundOut(.head(head)))
    } else {
      context.fireChannelRead(data)
    }
    if !isOld, head.headers.contains(name: "expect"), expectsWord(head) {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
  }

  /// Whether the client waits for permission to send a body, and has it.
  private func expectsWord(_ head: HTTPRequestHead) -> Bool {
    let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    return length <= bodyLimit
      && head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head) where due.first == true && head.status != .continue:
      head.headers.replaceOrAdd(name: "connection", value: "close")
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end:
      _ = due.popFirst()
      context.write(data, promise: promise)
    default: context.write(data, promise: promise)
    }
  }

  private static func isValid(_ head: HTTPRequestHead) -> Bool {
    let hosts = head.headers["host"]
    guard hosts.count == 1 || hosts.isEmpty && head.version != .http1_1, hosts.allSatisfy(ConnectionLimits.isHost)
    else { return false }
    guard head.headers.contains(name: "transfer-encoding") else { return true }
    let codings = head.headers[canonicalForm: "transfer-encoding"]
    guard codings.allSatisfy({ $0.lowercased() == "chunked" }), codings.count <= 1 else { return false }
    return head.version == .http1_1
  }

  private func refuse(_ context: ChannelHandlerContext) {
    isRefused = true
    let head = HTTPResponseHead(
      version: .http1_1, status: .badRequest, headers: ["connection": "close", "content-length": "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.close(mode: .output, promise: nil)
  }
}
