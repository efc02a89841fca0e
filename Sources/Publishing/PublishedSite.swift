import Platform

/// A site that is published, of which single files are exchanged between builds: a member's pages.
package struct PublishedSite: Sendable {
  /// The folder that `Publication` wrote.
  private let output: String

  package init(output: String) { self.output = output }

  /// Whether there is a file or folder at a path below the output folder.
  package func holds(_ path: String) -> Bool { RawFile.exists("\(output)/\(path)") }

  /// Writes files with their packed copies, each in one step.
  ///
  /// - Parameter files: by their paths below the output folder.
  /// - Returns: the paths whose bytes changed.
  /// - Throws: `PublishingError.libraryMissing`, or what the system says of a file.
  package func replace(
    _ files: [(path: String, bytes: [UInt8])], copies: [Compression]
  ) throws -> [String] {
    var changed: [String] = []
    let list = "\(output)/\(SiteManifest.name)"
    let packers = try copies.map { ($0.suffix, try $0.packer()) }
    for file in files {
      let path = "\(output)/\(file.path)"
      if RawFile.holds(file.bytes, at: path) { continue }
      // What is written here is Marquee's too. A build that finds the file must find it in the list.
      if !RawFile.exists(path) {
        try RawFile.append(SiteManifest.lines([file.path] + packers.map { file.path + $0.0 }), to: list)
      }
      try RawFile.creatingFolders(for: path) { try RawFile.replace(file.bytes, at: path) }
      // After it: a compressed form that is older than its file is not sent.
      let isPacked = Compression.isWorthwhile(path, size: file.bytes.count)
      for (suffix, packer) in packers {
        if isPacked {
          try RawFile.replace(packer.pack(file.bytes), at: path + suffix)
        } else {
          try RawFile.remove(path + suffix)
        }
      }
      changed.append(file.path)
    }
    return changed
  }

  /// Removes files with their packed copies; those that are not there are no error.
  package func remove(_ paths: [String]) throws {
    for path in paths {
      for suffix in [""] + Compression.allCases.map(\.suffix) { try RawFile.remove("\(output)/\(path)\(suffix)") }
    }
  }

  /// Removes a folder that is empty; one into which the owner put something else stays.
  package func removeEmptyFolder(_ path: String) { RawFile.removeEmptyFolder("\(output)/\(path)") }
}
