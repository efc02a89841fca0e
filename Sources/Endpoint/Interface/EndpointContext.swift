import Hummingbird
import NIOCore

/// What the server knows of a connection.
struct EndpointContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The other end: an address, without its port.
  let peer: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    let address = source.channel.remoteAddress?.ipAddress ?? "local"
    // An IPv4 address on a socket for both kinds is the same asker, and the same proxy.
    peer = address.hasPrefix("::ffff:") && address.contains(".") ? String(address.dropFirst(7)) : address
  }
}
