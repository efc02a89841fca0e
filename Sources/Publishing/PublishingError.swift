/// Why a site cannot be put into its output folder.
package enum PublishingError: Error, Equatable {
  case foreignOutput(path: String)
  case foreignFileInTheWay(path: String)
  case notFolder(path: String, obstacle: String)
  case outputInsideContent(path: String)
  case outputInUse(path: String)
  case libraryMissing(name: String, use: String, package: String)
}

extension PublishingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .foreignOutput(let path):
      "\(path): holds files and no list of those that Marquee wrote (\(SiteManifest.name)), so a build might replace "
        + "somebody's own; choose another --output or empty it"
    case .foreignFileInTheWay(let path):
      "\(path): Marquee did not write it, and the site has a file of that name; move it away (a file of your own goes "
        + "into content/static/)"
    case .notFolder(let path, let obstacle):
      obstacle == path
        ? "\(path): is not a folder; choose another --output"
        : "\(path): cannot be made, since \(obstacle) is not a folder; choose another --output"
    case .outputInsideContent(let path):
      "\(path): is or holds a folder that the build reads; choose another --output"
    case .outputInUse(let path):
      "\(path): another build is writing it; wait until it is done, or choose another --output"
    case .libraryMissing(let name, let use, let package):
      "\(name) is not installed, which “\(use)” needs; install it (Debian: apt-get install \(package)) or take that out of site.yaml"
    }
  }
}
