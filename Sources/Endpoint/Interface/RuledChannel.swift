import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1

/// Hummingbird's connection with `RequestRules` where requests still are as HTTP/1 has them.
struct RuledChannel: ServerChildChannel, HTTPChannelHandler {
  private let base: HTTP1Channel
  private let bodyLimit: Int

  init(_ base: HTTP1Channel, bodyLimit: Int) { (self.base, self.bodyLimit) = (base, bodyLimit) }

  var responder: HTTPChannelHandler.Responder { base.responder }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    base.setup(channel: channel, logger: logger).flatMapThrowing { [bodyLimit] value in
      let pipeline = channel.pipeline.syncOperations
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(RequestRules(bodyLimit: bodyLimit), position: .before(codec))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
