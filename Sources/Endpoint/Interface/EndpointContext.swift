import Hummingbird
import NIOCore

/// The server's context of a request.
struct EndpointContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  private let address: SocketAddress?
  /// The parsed path of the request below the site's own; the site's path if it is invalid.
  var path = SitePath()
  /// The origin of the request; nil for files.
  var origin: RequestOrigin?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    address = source.channel.remoteAddress
  }

  /// The other end: an address, without its port.
  var peer: String { address?.ipAddress ?? "local" }
}
