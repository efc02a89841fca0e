import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request does not arrive whole in time, or whose answer is not taken: whoever sends or
/// reads a byte now and then keeps nothing.
///
/// Requests and answers end in any order. The time of a request runs from the first moment of the connection, or from the
/// end of the last answer, until its body has ended while its answer is still due. An answer that ends before the body
/// is the last of its connection, which closes when the body has come, or soon. While an answer is on its way, the other
/// side has some time in which it takes nothing at all.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let timeout: TimeAmount
  private let entry: ConnectionEntry
  private var place: ConnectionCount.Place? { entry.place }
  private var isOpen = false
  /// Heads of requests whose answers have not ended.
  private var answersDue = 0
  /// Whether the body of the last request still comes.
  private var isBodyOpen = false
  /// Whether the connection closes with the body that still comes.
  private var isLast = false
  /// When the request must be there; nil while only an answer is due.
  private var requestEnd: NIODeadline?
  /// When the other side must have taken something; nil while there is room for more.
  private var answerEnd: NIODeadline?
  /// Looks at both. It is not moved with each request, but set again when it has come: that is much cheaper.
  private var look: (at: NIODeadline, task: Scheduled<Void>)?

  init(timeout: TimeAmount, entry: ConnectionEntry) { (self.timeout, self.entry) = (timeout, entry) }

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
    switch unwrapInboundIn(data) {
    case .head:
      answersDue += 1
      isBodyOpen = true
    case .body: break
    case .end:
      isBodyOpen = false
      if isLast {
        // After what is still on its way out; whoever does not close then has the rest of the time.
        context.close(mode: .output, promise: nil)
        return
      }
      if answersDue > 0 {
        requestEnd = nil
        place?.setBusy()
      }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head) where isBodyOpen && answersDue == 1 && head.status.kind != .informational:
      head.headerFields[.connection] = "close"
      context.write(wrapOutboundOut(.head(head)), promise: promise)
      return
    case .end:
      answersDue = max(0, answersDue - 1)
      if answersDue == 0 {
        awaitRequest(context, for: isBodyOpen ? min(timeout, ConnectionLimits.lingering) : timeout)
        isLast = isBodyOpen
      }
    default: break
    }
    context.write(data, promise: promise)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    answerEnd = context.channel.isWritable ? nil : .now() + timeout
    if context.channel.isWritable, answersDue > 0, !isBodyOpen { place?.setBusy() } else { place?.setIdle() }
    schedule(context, at: answerEnd)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // The server stops: a body that still comes is not waited for as long as otherwise.
    if event is ChannelShouldQuiesceEvent, isBodyOpen {
      let end = NIODeadline.now() + min(timeout, ConnectionLimits.lastArrival)
      requestEnd = requestEnd.map { min($0, end) } ?? end
      schedule(context, at: requestEnd)
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func open(_ context: ChannelHandlerContext) {
    guard !isOpen else { return }
    isOpen = true
    entry.begin()
    awaitRequest(context, for: timeout)
  }

  private func end() {
    look?.task.cancel()
    look = nil
  }

  private func awaitRequest(_ context: ChannelHandlerContext, for time: TimeAmount) {
    requestEnd = .now() + time
    place?.setIdle()
    schedule(context, at: requestEnd)
  }

  private func schedule(_ context: ChannelHandlerContext, at time: NIODeadline?) {
    guard place != nil, let time else { return }
    if let look {
      guard time < look.at else { return }
      look.task.cancel()
    }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let task = context.eventLoop.scheduleTask(deadline: time) {
      let (handler, context) = bound.value
      handler.lookAtClock(context)
    }
    look = (time, task)
  }

  private func lookAtClock(_ context: ChannelHandlerContext) {
    look = nil
    let ends = [requestEnd, answerEnd].compactMap { $0 }
    guard let first = ends.min() else { return }
    if first <= .now() { context.close(promise: nil) } else { schedule(context, at: first) }
  }
}
