/// A file that is the owner's and goes out as it is.
package struct OwnFile: Sendable {
  /// Below the output folder.
  package var path: String
  /// Where it was read from, for messages.
  package var source: String
  let load: @Sendable () throws -> [UInt8]

  package init(path: String, source: String, load: @escaping @Sendable () throws -> [UInt8]) {
    self.path = path
    self.source = source
    self.load = load
  }

  func read() throws -> [UInt8] { try load() }
}

extension Website {
  /// How the names of the lists begin that builds and deployments keep of their files.
  package static let reservedBeginning = ".marquee-"

  /// The kinds of files with the owner's among them, and which of them the site has: a file of the owner's takes the place of
  /// what the site itself would have there.
  ///
  /// - Throws: `SiteError.ownFileInTheWay` where that is a page, a script or data, or where a folder of the site has the
  ///   name; `.ownFilesMeet` where two of them have one path.
  static func adding(
    _ owned: [OwnFile], to files: [SiteFile]
  ) throws(SiteError) -> (files: [SiteFile], places: [FilePlace]) {
    var places: [FilePlace] = []
    for (kind, file) in files.enumerated() {
      places += (0..<file.count).lazy.map { FilePlace(kind: Int32(kind), index: Int32($0)) }
    }
    guard !owned.isEmpty else { return (files, places) }
    let paths = places.map { files[Int($0.kind)].path(Int($0.index)) }
    let replaced = try replaced(by: owned, among: paths)
    let kept = zip(places, paths).filter { !replaced.contains($1) }.map(\.0)
    let own = SiteFile(count: owned.count, path: { owned[$0].path }) { $1 += try owned[$0].read() }
    return (files + [own], kept + owned.indices.map { FilePlace(kind: Int32(files.count), index: Int32($0)) })
  }

  /// The paths that the owner's files take over.
  private static func replaced(by owned: [OwnFile], among paths: [String]) throws(SiteError) -> Set<String> {
    var sources: [String: String] = [:]
    for file in owned {
      if let other = sources.updateValue(file.source, forKey: file.path), other != file.source {
        throw .ownFilesMeet(path: file.path, sources: [other, file.source])
      }
    }
    let above = Set(
      owned.flatMap { file in file.path.indices.filter { file.path[$0] == "/" }.map { String(file.path[..<$0]) } })
    var folders: Set = ["search", "api"]
    var replaced: Set<String> = []
    for path in paths {
      for slash in path.indices where path[slash] == "/" { folders.insert(String(path[..<slash])) }
      if let source = sources[path] {
        let isNeeded = [".html", ".json", ".js"].contains { path.hasSuffix($0) }
        if isNeeded { throw .ownFileInTheWay(path: source) }
        replaced.insert(path)
      }
      if above.contains(path), let file = owned.first(where: { $0.path.hasPrefix(path + "/") }) {
        throw .ownFileInTheWay(path: file.source)
      }
    }
    for file in owned {
      let first = String(file.path.prefix { $0 != "/" })
      let isReserved =
        ["search", "api"].contains(first) || first.hasPrefix(reservedBeginning)
      if folders.contains(file.path) || above.contains(file.path) || isReserved {
        throw .ownFileInTheWay(path: file.source)
      }
    }
    return replaced
  }

  /// The paths of the owner's files.
  package var ownPaths: Set<String> { Set(own.map(\.path)) }
}
