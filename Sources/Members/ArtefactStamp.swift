#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Identifies a version of a file.
struct ArtefactStamp: Equatable {
  private let size: Int
  private let number: UInt64
  private let modified: Double

  init?(_ path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
    size = attributes[.size] as? Int ?? 0
    number = attributes[.systemFileNumber] as? UInt64 ?? 0
    modified = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
  }
}
