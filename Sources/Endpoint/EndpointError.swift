/// Why the server could not start.
package enum EndpointError: Error, Equatable {
  case noSite(folder: String)
  case portInUse(host: String, port: Int)
  case portForbidden(host: String, port: Int)
  case unknownHost(host: String)
  /// Another server has the database.
  case alreadyServed(database: String, holder: String)
  /// TLS needs both files.
  case halfCertificate
  case certificateUnreadable(path: String, reason: String)
  case keyUnreadable(path: String, reason: String)
  case keyOfAnother(certificate: String, key: String)
  case failed(reason: String)
}

extension EndpointError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSite(let folder): "\(folder): is not a folder; build the site first, or name another one"
    case .portInUse(let host, let port):
      "\(host):\(port): another program listens on this port; stop it or choose another with --port"
    case .portForbidden(let host, let port):
      "\(host):\(port): this port needs privileges; choose one from 1024 up with --port"
    case .unknownHost(let host): "\(host): is not an address of this machine; choose another with --host"
    case .alreadyServed(let database, let holder):
      "\(database): another server uses this database\(holder.isEmpty ? "" : " (process \(holder))"); stop it first"
    case .halfCertificate:
      "TLS needs a certificate and its key; give tls-certificate and tls-key, or neither"
    case .certificateUnreadable(let path, let reason):
      "\(path): is not a certificate chain in PEM form (\(reason)); check tls-certificate"
    case .keyUnreadable(let path, let reason):
      "\(path): is not an unencrypted key in PEM form (\(reason)); check tls-key"
    case .keyOfAnother(let certificate, let key):
      "\(key): is not the key of \(certificate); give the pair that belongs together"
    case .failed(let reason): "the server could not start: \(reason); check --host and --port"
    }
  }
}
