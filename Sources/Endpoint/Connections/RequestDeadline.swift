import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes an HTTP/1 connection whose request does not arrive in time, or whose response is not received. A response that
/// ends before the body is the last of its connection, which closes when the body has arrived, or soon.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: ConnectionLimits
  private let entry: ConnectionEntry
  /// Nil before the connection is open.
  private var times: RequestTimes?
  /// Whether the connection closes after the rest of the body.
  private var isLast = false

  init(limits: ConnectionLimits, entry: ConnectionEntry) { (self.limits, self.entry) = (limits, entry) }

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
    guard times == nil else { return }
    entry.begin()
    // Without a slot the connection is closing.
    guard let place = entry.place else { return }
    let times = RequestTimes(limits, on: context.eventLoop) {
      if $0 { place.setBusy() } else { place.setIdle() }
    } expire: {
      context.close(promise: nil)
    }
    times.begin()
    self.times = times
  }

  private func end() {
    times?.end()
    times = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: times?.requestBegins()
    case .body: break
    case .end:
      times?.requestEnds()
      if isLast {
        // After pending output; a client that does not close then has the rest of the time.
        context.close(mode: .output, promise: nil)
        return
      }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let isEarly = times.map { $0.isBodyOpen && $0.answersDue == 1 } ?? false
    switch unwrapOutboundIn(data) {
    case .head(var head) where isEarly && head.status.kind != .informational:
      head.headerFields[.connection] = "close"
      context.write(wrapOutboundOut(.head(head)), promise: promise)
      return
    case .end:
      times?.answerEnds()
      isLast = isEarly
    default: break
    }
    context.write(data, promise: promise)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    times?.writabilityChanges(context.channel.isWritable)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { times?.stop() }
    context.fireUserInboundEventTriggered(event)
  }
}
