/// Why a database could not be opened, read or changed.
package enum StoreError: Error, Equatable {
  case notWritable(path: String)
  case isFolder(path: String)
  case notADatabase(path: String)
  /// A SQLite database of another program.
  case foreign(path: String)
  case newerSchema(path: String, found: Int, known: Int)
  case damaged(path: String)
  case locked(path: String)
  /// A database cannot be restored from itself.
  case sameFile(path: String)
  /// A write-ahead log does not fit its database, so it belongs to another.
  case foreignLog(path: String)
  case diskFull(path: String)
  /// A row breaks a rule of the schema, such as a rating that is not a number.
  case refused(path: String, reason: String)
  case failed(path: String, code: Int, reason: String)
  /// Another process holds the lock.
  case inUse(path: String, holder: String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notWritable(let path):
      "\(path): cannot be written; check that its folder exists and that you may write to both"
    case .isFolder(let path): "\(path): is a folder, not a database; name a file"
    case .notADatabase(let path): "\(path): is not a Marquee database; name another file or remove this one"
    case .foreign(let path): "\(path): is the database of another program; name another file"
    case .newerSchema(let path, let found, let known):
      "\(path): has schema version \(found), this Marquee knows versions up to \(known); update Marquee"
    case .damaged(let path): "\(path): is damaged; remove it and ingest the data again, or restore a copy"
    case .locked(let path): "\(path): is locked by another process; try again when that one has finished"
    case .sameFile(let path): "\(path): is the database itself; name a copy that marquee backup made"
    case .foreignLog(let path):
      "\(path): does not belong to the database next to it; move it away and try again"
    case .diskFull(let path): "\(path): the disk is full, nothing was changed; make room and try again"
    case .refused(let path, let reason):
      "\(path): the data break a rule (\(reason)), nothing was changed; fix the data"
    case .failed(let path, let code, let reason):
      "\(path): \(reason) (SQLite code \(code)); check the disk and the file's permissions"
    case .inUse(let path, let holder):
      "\(path): another build is running\(holder.isEmpty ? "" : " (process \(holder))"); wait for it or stop it"
    }
  }
}
