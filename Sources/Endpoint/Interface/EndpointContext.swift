import Hummingbird
import NIOCore

/// What the server knows of a connection.
struct EndpointContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The other end: an address, without its port.
  let peer: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "local"
  }
}
