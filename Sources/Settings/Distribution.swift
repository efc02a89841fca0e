import Platform
package import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that Marquee brings along: its theme, its sample content and the pages of a new site.
///
/// They are in the repository next to `.build/`, or in `share/marquee` next to an installed `bin/`; the
/// environment variable `MARQUEE_HOME` names another place.
package enum Distribution {
  /// The version of the program.
  package static let version = "1.0.0"

  /// The folder that holds `site-templates` and `content`.
  ///
  /// - Throws: `SettingsError.noDistribution`.
  package static func folder() throws -> String {
    let environment = ProcessInfo.processInfo.environment["MARQUEE_HOME"]
    if let environment { return environment }
    var place = URL(fileURLWithPath: ProgramStart.executable()).resolvingSymlinksInPath().deletingLastPathComponent()
    while true {
      for candidate in [place, place.appendingPathComponent("share/marquee")]
      where FileManager.default.fileExists(
        atPath: candidate.appendingPathComponent("site-templates/layout.mustache").path)
      {
        return candidate.path
      }
      let parent = place.deletingLastPathComponent()
      guard parent.path != place.path, place.path != "/" else { throw SettingsError.noDistribution }
      place = parent
    }
  }

  /// Tells this program from others: another one may give other results, so nothing is taken over from it.
  package static let programStamp: UInt64 = ProgramIdentity.stamp(of: ProgramStart.executable())

  /// The name of a result that this program made from inputs with that fingerprint.
  package static func stamped(_ key: Fingerprint) -> Fingerprint {
    var stamped = key
    stamped.add(programStamp)
    return stamped
  }
}
