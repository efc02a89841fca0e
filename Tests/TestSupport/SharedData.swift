#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Real data sets, which stand beside the repository on the project's machines and are never copied into it.
public enum SharedData {
  /// The repository's own folder.
  public static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `MARQUEE_SHARED`, or the folder `shared` beside the repository.
  public static let folder =
    ProcessInfo.processInfo.environment["MARQUEE_SHARED"].map { URL(fileURLWithPath: $0) }
    ?? repository.deletingLastPathComponent().appendingPathComponent("shared")

  public static let movieLens100k = folder.appendingPathComponent("data/ml-100k").path
  public static let movieLensLatestSmall = folder.appendingPathComponent("data/ml-latest-small").path
  public static let mustacheSpecification = folder.appendingPathComponent("conformance/mustache").path

  /// Whether a test that needs `path` should run.
  public static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// What a skipped test says.
  public static let absence: String =
    "the MovieLens sets and the Mustache specification are not beside the repository; set MARQUEE_SHARED to their folder"
}
