import NIOCore

/// The slot of a connection for its lifetime, and the deadlines that apply to every protocol:
/// for a handshake, and for the end when the server stops.
final class ConnectionEntry: ChannelInboundHandler {
  typealias InboundIn = NIOAny
  typealias InboundOut = NIOAny

  private let timeout: TimeAmount
  private let connections: ConnectionCount
  /// Nil if there was no slot, and after the end.
  private(set) var place: ConnectionCount.Place?
  private var isOpen = false
  /// Closes a connection that never starts HTTP; nil as soon as it does.
  private var handshake: Deadline?
  private var stop: Deadline?

  /// How long responses in progress may take when the server stops.
  static let stopTime = TimeAmount.milliseconds(2500)

  init(timeout: TimeAmount, connections: ConnectionCount) {
    (self.timeout, self.connections) = (timeout, connections)
  }

  /// The connection speaks HTTP: from now on later handlers enforce its deadlines.
  func begin() {
    handshake?.end()
    handshake = nil
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

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent {
      if handshake != nil {
        context.close(promise: nil)
      } else if stop == nil {
        stop = close(context, in: Self.stopTime)
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func open(_ context: ChannelHandlerContext) {
    guard !isOpen else { return }
    isOpen = true
    place = connections.enter(context.channel)
    guard place != nil else {
      context.close(promise: nil)
      return
    }
    handshake = close(context, in: timeout)
  }

  private func close(_ context: ChannelHandlerContext, in time: TimeAmount) -> Deadline {
    let deadline = Deadline(on: context.eventLoop) { context.close(promise: nil) }
    deadline.set(in: time)
    return deadline
  }

  private func end() {
    begin()
    stop?.end()
    if let place { connections.leave(place) }
    place = nil
  }
}
