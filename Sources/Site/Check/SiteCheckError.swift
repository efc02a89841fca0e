/// Why a folder could not be checked at all.
public enum SiteCheckError: Error, Equatable, Sendable {
  case noFolder(String)
  case noIndex(String)
  case unreadable(path: String, reason: String)
}

extension SiteCheckError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noFolder(let path):
      "\(path): there is no such folder; build the site first, or name the folder it was built in"
    case .noIndex(let path):
      "\(path): there is no index.html in it; build the site first, or name the folder it was built in"
    case .unreadable(let path, let reason): "\(path): it cannot be read, \(reason); mend its permissions"
    }
  }
}
