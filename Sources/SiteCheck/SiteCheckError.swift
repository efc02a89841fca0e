/// Why a folder could not be checked or compared at all.
package enum SiteCheckError: Error, Equatable, Sendable {
  case noFolder(String)
  case noIndex(String)
  case notBuilt(String)
  case unreadable(path: String, reason: String)
}

extension SiteCheckError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noFolder(let path):
      "\(path): there is no such folder; build the site first, or name the folder it was built in"
    case .noIndex(let path):
      "\(path): there is no index.html in it; build the site first, or name the folder it was built in"
    case .notBuilt(let path): "\(path): has no built site yet; build it with: marquee build --site \(path)"
    case .unreadable(let path, let reason): "\(path): it cannot be read, \(reason); fix its permissions"
    }
  }
}
