#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

func fileBytes(_ path: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: path))) }
