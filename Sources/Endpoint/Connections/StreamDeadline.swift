import HTTPTypes
import NIOCore
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP2

/// One request and its response in an HTTP/2 connection: the counterpart of `RequestDeadline` and `RequestRules` for HTTP/1.
///
/// A stream that misses a deadline is reset, and its connection continues.
final class StreamDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let connection: StreamConnection
  /// Nil if there was no slot, and after the end.
  private var place: ConnectionCount.Place?
  private var isRefused = false
  /// Nil before the stream is open, and after its end.
  private(set) var times: RequestTimes?

  init(of connection: StreamConnection) { self.connection = connection }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { open(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    open(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  private func open(_ context: ChannelHandlerContext) {
    guard times == nil, !isRefused else { return }
    guard connection.enter(self) else {
      isRefused = true
      reset(context, .refusedStream)
      return
    }
    place = connection.place
    let times = RequestTimes(connection.limits, on: context.eventLoop) { [connection] in
      if $0 { connection.answerBegins() } else { connection.answerEnds() }
    } expire: {
      self.reset(context, self.isBodyUnread ? .noError : .cancel)
    }
    if connection.isStopping { times.stop() }
    times.begin()
    self.times = times
  }

  private func end() {
    times?.end()
    times = nil
    if let place { connection.leave(self, place) }
    place = nil
  }

  /// Whether the response ended before the body, which is still arriving.
  private var isBodyUnread: Bool { times.map { $0.answersDue == 0 && $0.isBodyOpen } ?? false }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    switch unwrapInboundIn(data) {
    case .head(var head):
      times?.requestBegins()
      guard let host = Self.host(of: head) else {
        refuse(context)
        return
      }
      head.authority = host
      if Self.expectsWord(head, limit: connection.limits.body) {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
      context.fireChannelRead(wrapInboundOut(.head(head)))
      return
    case .body: break
    case .end: times?.requestEnds()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      // One response of many cannot decide whether the connection ends.
      head.headerFields[.connection] = nil
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end:
      // Data that the client has not received by then, or still sends, are dropped.
      times?.answerEnds()
      context.write(data, promise: promise)
    default: context.write(data, promise: promise)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    times?.writabilityChanges(context.channel.isWritable)
    context.fireChannelWritabilityChanged()
  }

  private func reset(_ context: ChannelHandlerContext, _ code: NIOHTTP2.HTTP2ErrorCode) {
    context.triggerUserOutboundEvent(NIOHTTP2FramePayloadToHTTPEvent.reset(code: code), promise: nil)
    context.close(promise: nil)
  }

  private func refuse(_ context: ChannelHandlerContext) {
    isRefused = true
    write(context: context, data: wrapOutboundOut(.head(HTTPResponse(status: .badRequest))), promise: nil)
    write(context: context, data: wrapOutboundOut(.end(nil)), promise: nil)
    context.flush()
  }

  /// The requested host, if there is exactly one (RFC 9113, section 8.3.1).
  private static func host(of head: HTTPRequest) -> String? {
    let named = (head.authority.map { [$0] } ?? []) + head.headerFields[values: .hostField]
    guard let host = named.first, !host.isEmpty, ConnectionLimits.isHost(host),
      named.allSatisfy({ $0.lowercased() == host.lowercased() })
    else { return nil }
    return host
  }

  private static func expectsWord(_ head: HTTPRequest, limit: Int) -> Bool {
    let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
    return length <= limit && head.headerFields[.expect]?.lowercased() == "100-continue"
  }
}
