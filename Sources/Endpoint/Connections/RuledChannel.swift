import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1

/// Hummingbird's connection with a slot, deadlines, and `RequestRules` for HTTP/1 requests.
struct RuledChannel: ServerChildChannel, HTTPChannelHandler {
  private let base: HTTP1Channel
  private let limits: ConnectionLimits

  init(_ respond: @escaping HTTPChannelHandler.Responder, limits: ConnectionLimits) {
    self.limits = limits
    base = HTTP1Channel(
      responder: respond,
      configuration: .init(
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: ConnectionLimits.headerField, maxHeaderListSize: ConnectionLimits.headerList,
          maxHeaderFieldCount: ConnectionLimits.headerCount)))
  }

  var responder: HTTPChannelHandler.Responder { base.responder }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    channel.eventLoop.makeCompletedFuture {
      let entry = limits.entry()
      try channel.pipeline.syncOperations.addHandler(entry)
      return NIOLoopBound(entry, eventLoop: channel.eventLoop)
    }.flatMap { setup(channel: channel, entry: $0.value, logger: logger) }
  }

  /// - Parameter entry: of this connection, in its pipeline.
  func setup(channel: any Channel, entry: ConnectionEntry, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    let bound = NIOLoopBound(entry, eventLoop: channel.eventLoop)
    return base.setup(channel: channel, logger: logger).flatMapThrowing { [limits] value in
      let pipeline = channel.pipeline.syncOperations
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(RequestRules(bodyLimit: limits.body), position: .before(codec))
      try pipeline.addHandler(RequestDeadline(limits: limits, entry: bound.value), position: .after(codec))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
