import Hummingbird
import NIOCore

/// What the server knows of a request besides the request.
struct EndpointContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The other end: an address, without its port.
  let peer: String
  /// The path of the request below the site's own, taken apart; that of the site where it is none.
  var path = SitePath()
  /// Who asks, from where; nil for files.
  var origin: RequestOrigin?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? "local"
  }
}
