import Platform
import Ratings

/// `sw.js`: the theme's worker with the list of what it keeps from the first visit on.
enum ServiceWorker {
  /// The worker's name in the theme; it is not published among the assets, since it serves the whole site.
  static let asset = "sw.js"

  /// - Parameter shell: paths from the site's root. Their names and the worker make the version, so the same site gives
  ///   the same worker.
  static func append(_ worker: [UInt8], shell: [String], to bytes: inout [UInt8]) {
    var version = Fingerprint()
    for path in shell { version.add(path) }
    version.add(worker)
    bytes.append("'use strict';\nconst version = ")
    bytes.append(json: String(version.description.prefix(8)))
    bytes.append(";\nconst shell = ")
    bytes.append(jsonList: shell) { $0.append(json: $1) }
    bytes.append(";\nconst offline = ")
    bytes.append(json: OfflinePage.path)
    bytes.append(";\n\n")
    bytes += worker
  }
}
