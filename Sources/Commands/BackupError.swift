/// Why a backup could not be restored.
enum BackupError: Error, CustomStringConvertible {
  case inUse(path: String, holder: String)

  var description: String {
    switch self {
    case .inUse(let path, let holder):
      "\(path): a server or a build uses the database\(holder.isEmpty ? "" : " (process \(holder))"); stop it first"
    }
  }
}
