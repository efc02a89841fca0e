/// Why a binary file of the project could not be read or written.
public enum BinaryFileError: Error, Equatable {
  case unreadable(path: String)
  case notWritable(path: String)
  case foreign(path: String)
  case otherKind(path: String, found: String, wanted: String)
  case otherVersion(path: String, found: UInt32, wanted: UInt32)
  case otherDataset(path: String)
  case damagedFile(path: String)
  /// The payload ends early or a length in it is impossible.
  case damaged
}

extension BinaryFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let path): "\(path): cannot be read; build the site again"
    case .notWritable(let path): "\(path): cannot be written; check the folder's permissions and free space"
    case .foreign(let path): "\(path): is not a Marquee file; remove it and build the site again"
    case .otherKind(let path, let found, let wanted): "\(path): holds \(found), not \(wanted); build the site again"
    case .otherVersion(let path, let found, let wanted):
      "\(path): was written in layout \(found), this Marquee reads layout \(wanted); build the site again"
    case .otherDataset(let path): "\(path): belongs to other data; build the site again"
    case .damagedFile(let path): "\(path): is damaged; remove it and build the site again"
    case .damaged: "the file is damaged; remove it and build the site again"
    }
  }
}
