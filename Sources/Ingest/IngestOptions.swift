/// How to read.
public struct IngestOptions: Sendable {
  /// The format of all paths; nil finds it out for each.
  public var format: IngestFormat?
  /// Whether a single bad line fails the whole.
  public var isStrict: Bool
  /// Whose ratings personal exports hold; nil for the name in the export, or that of its format.
  public var exportUser: String?
  /// Hears how far reading is, at most about 20 times a second.
  public var progress: (@Sendable (IngestProgress) -> Void)?

  public init(
    format: IngestFormat? = nil, isStrict: Bool = false, progress: (@Sendable (IngestProgress) -> Void)? = nil
  ) {
    self.format = format
    self.isStrict = isStrict
    self.progress = progress
  }
}

/// How far reading is.
public struct IngestProgress: Sendable {
  /// The file that is being read.
  public let file: String
  /// Bytes read so far of all paths, as they are on disk: compressed ones for an archive.
  public let bytesRead: Int
  /// Bytes to read in all.
  public let totalBytes: Int
}
