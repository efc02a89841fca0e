import CArchive

extension Ingest {
  /// The version of libarchive.
  package static var archiveLibraryVersion: String { String(cString: archive_version_string()) }
}
