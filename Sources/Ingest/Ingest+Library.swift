import CArchive

extension Ingest {
  /// The version of libarchive.
  public static var archiveLibraryVersion: String { String(cString: archive_version_string()) }
}
