/// What the system does not give: files that cannot be read or written.
package enum PlatformError: Error, Equatable {
  case missing(path: String)
  case unreadable(path: String)
  case notWritable(path: String, reason: String)
  case noProcesses
}

extension PlatformError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "\(path): does not exist; check the path"
    case .unreadable(let path): "\(path): is there and cannot be read; check its permissions"
    case .notWritable(let path, let reason): "\(path): cannot be written (\(reason)); check permissions and free space"
    case .noProcesses: "this system has no /proc, which the program's threads need; mount it: mount -t proc proc /proc"
    }
  }
}
