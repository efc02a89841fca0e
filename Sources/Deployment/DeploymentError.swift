/// Why a site could not be sent.
public enum DeploymentError: Error, Equatable {
  case manyRemovals(target: String, removals: Int, of: Int)
  case program(name: String, reason: String)
  case programMissing(name: String)
  case credentialsMissing
  case notWritable(path: String, reason: String)
  case sourceMissing(path: String)
  case insideItself(path: String)
  case oddAnswer(url: String)
}

extension DeploymentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .manyRemovals(let target, let removals, let count):
      "\(target): \(removals) of its \(count) files are not in the site and would be removed; if that is the right place, "
        + "give --force"
    case .program(let name, let reason): "\(name) failed: \(reason)"
    case .programMissing(let name):
      "\(name) is not installed; install it (Debian: apt-get install \(name)) and try again"
    case .credentialsMissing:
      "no credentials for the bucket; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, if any)"
    case .notWritable(let path, let reason): "\(path): cannot be written (\(reason)); check permissions and free space"
    case .sourceMissing(let path): "\(path): cannot be read; build the site again"
    case .insideItself(let path): "\(path): lies within the site, or the site in it; choose another folder"
    case .oddAnswer(let url): "\(url): does not answer like a bucket; check the endpoint and the bucket's name"
    }
  }
}
