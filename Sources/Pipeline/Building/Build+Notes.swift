import Deployment
import Publishing
import Settings

extension Build {
  /// Names what is in the output folder and is not Marquee's.
  func note(_ findings: Publication.Findings, of output: String) {
    if !findings.foreign.isEmpty {
      observer.note("\(output): Marquee did not write these, and they stay: \(Self.list(findings.foreign))")
    }
    if !findings.replaced.isEmpty {
      observer.note(
        "\(output): these were changed by hand, and the site's own took their place: \(Self.list(findings.replaced)); "
          + "what they were is in \(Publication.keptFolder(folder.trees))")
    }
  }

  /// Says what hosts take where the new site is too much for one.
  func noteSize(of files: [(path: String, size: Int)]) {
    if let words = HostLimits.note(on: HostLimits.Extent(files), settings: settings.site) { observer.note(words) }
  }

  private static func list(_ paths: [String]) -> String {
    paths.prefix(20).joined(separator: ", ") + (paths.count > 20 ? " and \(paths.count - 20) more" : "")
  }
}
