import NIOCore
import NIOHTTP2

/// An HTTP/2 connection: the number of its active streams, and the deadlines of the whole connection.
final class StreamConnection: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame
  typealias InboundOut = HTTP2Frame

  let limits: ConnectionLimits
  private let entry: ConnectionEntry
  private var openStreams = 0
  private var streams: [ObjectIdentifier: StreamDeadline] = [:]
  /// Streams with a request whose response has not ended.
  private var answers = 0
  private(set) var isStopping = false
  /// Ends a connection without streams, or one that receives nothing.
  private var idle: Deadline?
  private var taking: Deadline?

  init(limits: ConnectionLimits, entry: ConnectionEntry) { (self.limits, self.entry) = (limits, entry) }

  /// Reserves a slot for a stream; false if its address has too many.
  func enter(_ stream: StreamDeadline) -> Bool {
    guard let place, limits.connections.enterStream(of: place) else { return false }
    streams[ObjectIdentifier(stream)] = stream
    return true
  }

  func leave(_ stream: StreamDeadline, _ place: ConnectionCount.Place) {
    streams[ObjectIdentifier(stream)] = nil
    limits.connections.leaveStream(of: place)
  }

  var place: ConnectionCount.Place? { entry.place }

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
    // It sends GOAWAY after an idle period, and ends when that is received, or soon.
    idle = Deadline(on: context.eventLoop) {
      context.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
    taking = Deadline(on: context.eventLoop) { context.close(promise: nil) }
    awaitStream(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  private func end() {
    idle?.end()
    taking?.end()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is NIOHTTP2StreamCreatedEvent:
      openStreams += 1
      idle?.clear()
    case is StreamClosedEvent:
      openStreams -= 1
      if openStreams <= 0 { awaitStream(context) }
    case is ChannelShouldQuiesceEvent:
      isStopping = true
      for stream in streams.values { stream.times?.stop() }
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { taking?.clear() } else { taking?.set(in: limits.timeout) }
    context.fireChannelWritabilityChanged()
  }

  private func awaitStream(_ context: ChannelHandlerContext) {
    guard context.channel.isActive, idle?.isSet == false else { return }
    idle?.set(in: limits.timeout)
  }
}
