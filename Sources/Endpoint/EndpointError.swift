/// Why the server could not start.
public enum EndpointError: Error, Equatable {
  case noSite(folder: String)
  case portInUse(host: String, port: Int)
  case portForbidden(host: String, port: Int)
  case unknownHost(host: String)
  /// Another server has the database.
  case alreadyServed(database: String, holder: String)
  case failed(reason: String)
}

extension EndpointError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSite(let folder): "\(folder): is not a folder; build the site first, or name another one"
    case .portInUse(let host, let port):
      "\(host):\(port): another program listens on this port; stop it or choose another with --port"
    case .portForbidden(let host, let port):
      "\(host):\(port): this port needs privileges; choose one from 1024 up with --port"
    case .unknownHost(let host): "\(host): is no address of this machine; choose another with --host"
    case .alreadyServed(let database, let holder):
      "\(database): another server uses this database\(holder.isEmpty ? "" : " (process \(holder))"); stop it first"
    case .failed(let reason): "the server could not start: \(reason); check --host and --port"
    }
  }
}
