import NIOCore
import NIOHTTP2

/// A connection of HTTP/2: how many of its streams are being answered, and the times of the connection as a whole.
final class StreamConnection: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias InboundOut = HTTP2Frame

  let limits: ConnectionLimits
  private let entry: ConnectionEntry
  private var openStreams = 0
  /// Streams whose request is there, and whose answer has not ended.
  private var answers = 0
  private var isStopping = false
  /// Ends a connection without streams, or one that takes nothing.
  private var idleEnd: Scheduled<Void>?
  private var takingEnd: Scheduled<Void>?

  init(limits: ConnectionLimits, entry: ConnectionEntry) { (self.limits, self.entry) = (limits, entry) }

  /// Takes a place for a stream; false where its address has too many.
  func enterStream() -> Bool { entry.place.map { limits.connections.enterStream(of: $0) } ?? false }

  func leaveStream(of place: ConnectionCount.Place) { limits.connections.leaveStream(of: place) }

  var place: ConnectionCount.Place? { entry.place }

  /// The end of what has not arrived whole.
  var arrivalTime: TimeAmount { isStopping ? min(limits.timeout, ConnectionLimits.lastArrival) : limits.timeout }

  func answerBegins() {
    answers += 1
    entry.place?.setBusy()
  }

  func answerEnds() {
    answers -= 1
    if answers == 0 { entry.place?.setIdle() }
  }

  func handlerAdded(context: ChannelHandlerContext) {
    entry.begin()
    awaitStream(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  private func end() {
    idleEnd?.cancel()
    takingEnd?.cancel()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is NIOHTTP2StreamCreatedEvent:
      openStreams += 1
      idleEnd?.cancel()
      idleEnd = nil
    case is StreamClosedEvent:
      openStreams -= 1
      if openStreams <= 0 { awaitStream(context) }
    case is ChannelShouldQuiesceEvent: isStopping = true
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    takingEnd?.cancel()
    takingEnd = nil
    if !context.channel.isWritable {
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      takingEnd = context.eventLoop.scheduleTask(in: limits.timeout) { bound.value.close(promise: nil) }
    }
    context.fireChannelWritabilityChanged()
  }

  /// A connection with nothing to do says farewell after a while, and is over when that is taken, or soon.
  private func awaitStream(_ context: ChannelHandlerContext) {
    guard idleEnd == nil, context.channel.isActive else { return }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    idleEnd = context.eventLoop.scheduleTask(in: limits.timeout) {
      bound.value.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
  }
}
