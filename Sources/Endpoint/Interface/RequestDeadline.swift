import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request does not arrive whole in time, or whose answer is not taken: whoever sends or
/// reads a byte now and then keeps nothing.
///
/// The time of a request runs from the first moment of the connection, or from the end of the last answer, to the end of
/// the request's body. While an answer is on its way, it is the time in which the other side takes nothing at all.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let timeout: TimeAmount
  private let connections: ConnectionCount
  private var isCounted = false
  /// When the request must be there; nil while an answer is on its way.
  private var requestEnd: NIODeadline?
  /// When the other side must have taken something; nil while there is room for more.
  private var answerEnd: NIODeadline?
  /// Looks at both. It is not moved with each request, but set again when it has come: that is much cheaper.
  private var look: Scheduled<Void>?

  init(timeout: TimeAmount, connections: ConnectionCount) {
    self.timeout = timeout
    self.connections = connections
  }

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

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) { requestEnd = nil }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { awaitRequest(context) }
    context.write(data, promise: promise)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    answerEnd = context.channel.isWritable ? nil : .now() + timeout
    schedule(context, at: answerEnd)
    context.fireChannelWritabilityChanged()
  }

  private func open(_ context: ChannelHandlerContext) {
    guard !isCounted else { return }
    isCounted = true
    guard connections.enter() else {
      context.close(promise: nil)
      return
    }
    awaitRequest(context)
  }

  private func end() {
    look?.cancel()
    look = nil
    if isCounted {
      isCounted = false
      connections.leave()
    }
  }

  private func awaitRequest(_ context: ChannelHandlerContext) {
    requestEnd = .now() + timeout
    schedule(context, at: requestEnd)
  }

  private func schedule(_ context: ChannelHandlerContext, at time: NIODeadline?) {
    guard isCounted, look == nil, let time else { return }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    look = context.eventLoop.scheduleTask(deadline: time) {
      let (handler, context) = bound.value
      handler.lookAtClock(context)
    }
  }

  private func lookAtClock(_ context: ChannelHandlerContext) {
    look = nil
    let ends = [requestEnd, answerEnd].compactMap { $0 }
    guard let first = ends.min() else { return }
    if first <= .now() { context.close(promise: nil) } else { schedule(context, at: first) }
  }
}
