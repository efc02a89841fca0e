import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that Marquee brings along: its theme, its sample content and the pages of a new site.
///
/// They stand in the repository beside `.build/`, or under `share/marquee` beside an installed `bin/`; the
/// environment variable `MARQUEE_HOME` names another place.
public enum Distribution {
  /// The version of the program.
  public static let version = "0.1.0"

  /// The folder that holds `site-templates` and `content`.
  ///
  /// - Throws: `PipelineError.noDistribution`.
  public static func folder() throws -> String {
    let environment = ProcessInfo.processInfo.environment["MARQUEE_HOME"]
    if let environment { return environment }
    var place = URL(fileURLWithPath: executable()).resolvingSymlinksInPath().deletingLastPathComponent()
    while true {
      for candidate in [place, place.appendingPathComponent("share/marquee")]
      where FileManager.default.fileExists(
        atPath: candidate.appendingPathComponent("site-templates/layout.mustache").path)
      {
        return candidate.path
      }
      let parent = place.deletingLastPathComponent()
      guard parent.path != place.path, place.path != "/" else { throw PipelineError.noDistribution }
      place = parent
    }
  }

  /// The path of the running program.
  static func executable() -> String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? ProcessInfo.processInfo.arguments.first ?? "marquee"
  }

  /// Changes with every build of the program: the key of what one build takes over from another.
  static let programStamp: UInt64 = {
    let attributes = try? FileManager.default.attributesOfItem(atPath: executable())
    var stamp = Fingerprint()
    stamp.add("\(attributes?[.size] ?? 0)|\((attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)")
    return stamp.value
  }()
}
