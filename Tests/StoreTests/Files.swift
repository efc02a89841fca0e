#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

func fileBytes(_ path: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: path))) }

/// The names of what is in a folder.
func fileNames(_ path: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }

/// The inode: which file stands under a name.
func fileNumber(_ path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
}
