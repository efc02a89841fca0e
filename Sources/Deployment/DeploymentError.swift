/// Why a site could not be sent.
package enum DeploymentError: Error, Equatable {
  case foreignPages(target: String, paths: [String])
  case program(name: String, reason: String)
  case programMissing(name: String)
  case credentialsMissing
  case notWritable(path: String, reason: String)
  case sourceMissing(path: String)
  case unreadable(path: String)
  case notFolder(path: String)
  case insideItself(path: String)
  case notArrived(target: String, reason: String)
  case oddAnswer(url: String)
}

extension DeploymentError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .foreignPages(let target, let paths):
      "\(target): has pages that Marquee did not put there, or that were changed since, and that would be replaced: \(DeploymentOutcome.list(paths)); "
        + "move them away, or use --force"
    case .program(let name, let reason): "\(name) failed: \(reason)"
    case .programMissing(let name):
      "\(name) is not installed; install it (Debian: apt-get install \(name)) and try again"
    case .credentialsMissing:
      "no credentials for the bucket; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, if any)"
    case .notWritable(let path, let reason): "\(path): cannot be written (\(reason)); check permissions and free space"
    case .sourceMissing(let path): "\(path): cannot be read; build the site again"
    case .unreadable(let path): "\(path): cannot be read; check its permissions"
    case .notFolder(let path): "\(path): is not a folder; give the path of a folder that exists or can be created"
    case .notArrived(let target, let reason): "\(target): \(reason); deploy again"
    case .insideItself(let path): "\(path): is inside the site folder, or contains it; choose another folder"
    case .oddAnswer(let url): "\(url): does not respond like a bucket; check the endpoint and the bucket's name"
    }
  }
}
