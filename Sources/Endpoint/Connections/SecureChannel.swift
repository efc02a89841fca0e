import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP2
import NIOSSL
import NIOTLS

/// A connection with TLS, with a negotiated version of HTTP: 2 or 1.1.
struct SecureChannel: HTTPChannelHandler {
  typealias Stream = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
  typealias Streams = NIOHTTP2Handler.AsyncStreamMultiplexer<Stream>
  typealias Negotiated = NIONegotiatedHTTPVersion<HTTP1Channel.Value, Streams>

  struct Value: ServerChildChannelValue {
    let negotiated: EventLoopFuture<Negotiated>
    let channel: any Channel
  }

  private let first: RuledChannel
  private let context: NIOSSLContext
  private let limits: ConnectionLimits

  /// - Throws: `NIOSSLError`, which `ServerCertificate` rules out.
  init(
    _ respond: @escaping HTTPChannelHandler.Responder, certificate: ServerCertificate, limits: ConnectionLimits
  ) throws {
    first = RuledChannel(respond, limits: limits)
    self.limits = limits
    var configuration = certificate.configuration
    configuration.applicationProtocols = NIOHTTP2SupportedALPNProtocols
    context = try NIOSSLContext(configuration: configuration)
  }

  var responder: HTTPChannelHandler.Responder { first.responder }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let entry = limits.entry()
      let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Negotiated> { result, channel in
        switch result {
        case .negotiated("h2"): channel.eventLoop.makeCompletedFuture { .http2(try setUpStreams(channel, entry)) }
        default: first.setup(channel: channel, entry: entry, logger: logger).map { .http1_1($0) }
        }
      }
      try pipeline.addHandlers([entry, NIOSSLServerHandler(context: context), negotiation])
      return Value(negotiated: negotiation.protocolNegotiationResult, channel: channel)
    }
  }

  private func setUpStreams(_ channel: any Channel, _ entry: ConnectionEntry) throws -> Streams {
    let pipeline = channel.pipeline.syncOperations
    let connection = StreamConnection(limits: limits, entry: entry)
    let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
    let streams = try pipeline.configureAsyncHTTP2Pipeline(
      mode: .server,
      // On idle connections, and when the server stops, this sends GOAWAY; `connection` enforces the deadline.
      connectionManagerConfiguration: .init(
        maxIdleTime: nil, maxAge: nil, maxGraceTime: ConnectionEntry.stopTime, keepalive: nil),
      http2HandlerConfiguration: ConnectionLimits.streamConfiguration
    ) { stream in
      stream.eventLoop.makeCompletedFuture {
        let pipeline = stream.pipeline.syncOperations
        try pipeline.addHandler(HTTP2FramePayloadToHTTPServerCodec())
        try pipeline.addHandler(StreamDeadline(of: bound.value))
        return try Stream(wrappingChannelSynchronously: stream)
      }
    }
    try pipeline.addHandler(connection)
    return streams
  }

  func handle(value: Value, logger: Logger) async {
    do {
      switch try await value.negotiated.get() {
      case .http1_1(let channel): await first.handle(value: channel, logger: logger)
      case .http2(let streams):
        try await withThrowingDiscardingTaskGroup { group in
          for try await stream in streams.inbound {
            group.addTask { await handleHTTP(asyncChannel: stream, logger: logger) }
          }
        }
      }
    } catch {
      // A handshake or a connection that ended early: nobody is left to notify.
      logger.debug("a connection ended", metadata: ["reason": "\(error)"])
    }
  }
}
