import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request does not arrive whole in time: whoever sends a byte now and then keeps nothing.
///
/// The time runs from the first moment of the connection, or from the end of the last answer, to the end of the
/// request's body. While an answer is on its way nothing is timed.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let timeout: TimeAmount
  private let connections: ConnectionCount
  private var scheduled: Scheduled<Void>?
  private var isCounted = false

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
    if case .end = unwrapInboundIn(data) { stop() }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { start(context) }
    context.write(data, promise: promise)
  }

  private func open(_ context: ChannelHandlerContext) {
    guard !isCounted else { return }
    isCounted = true
    guard connections.enter() else {
      context.close(promise: nil)
      return
    }
    start(context)
  }

  private func end() {
    stop()
    if isCounted {
      isCounted = false
      connections.leave()
    }
  }

  private func start(_ context: ChannelHandlerContext) {
    stop()
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    scheduled = context.eventLoop.scheduleTask(in: timeout) { bound.value.close(promise: nil) }
  }

  private func stop() {
    scheduled?.cancel()
    scheduled = nil
  }
}
