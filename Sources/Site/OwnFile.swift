/// A file that is the owner's and goes out as it is.
public struct OwnFile: Sendable {
  /// Below the output folder.
  public var path: String
  /// Where it was read from, for messages.
  public var source: String
  let load: @Sendable () throws -> [UInt8]

  public init(path: String, source: String, load: @escaping @Sendable () throws -> [UInt8]) {
    self.path = path
    self.source = source
    self.load = load
  }

  func read() throws -> [UInt8] { try load() }
}

extension Website {
  /// The outputs with the owner's files among them: each takes the place of what the site itself would have there.
  ///
  /// - Throws: `SiteError.ownFileInTheWay` where that is a page, a script or data, or where a folder of the site has the
  ///   name; `.ownFilesMeet` where two of them have one path.
  func adding(_ files: [OwnFile], to outputs: [Output]) throws(SiteError) -> [Output] {
    guard !files.isEmpty else { return outputs }
    var sources: [String: String] = [:]
    for file in files {
      if let other = sources.updateValue(file.source, forKey: file.path), other != file.source {
        throw .ownFilesMeet(path: file.path, sources: [other, file.source])
      }
    }
    let above = Set(
      files.flatMap { file in file.path.indices.filter { file.path[$0] == "/" }.map { String(file.path[..<$0]) } })
    var folders: Set = ["search", "api"]
    var replaced: Set<String> = []
    for output in outputs {
      let path = path(of: output)
      for slash in path.indices where path[slash] == "/" { folders.insert(String(path[..<slash])) }
      if let source = sources[path] {
        let isNeeded = [".html", ".json", ".js"].contains { path.hasSuffix($0) }
        if isNeeded { throw .ownFileInTheWay(path: source) }
        replaced.insert(path)
      }
      if above.contains(path), let file = files.first(where: { $0.path.hasPrefix(path + "/") }) {
        throw .ownFileInTheWay(path: file.source)
      }
    }
    for file in files {
      let first = String(file.path.prefix { $0 != "/" })
      let isReserved =
        ["search", "api"].contains(first) || [SiteManifest.name, SiteManifest.deployedName].contains(file.path)
      if folders.contains(file.path) || above.contains(file.path) || isReserved {
        throw .ownFileInTheWay(path: file.source)
      }
    }
    return outputs.filter { !replaced.contains(path(of: $0)) } + files.indices.map { .own($0) }
  }

  /// The paths of the owner's files.
  public var ownPaths: Set<String> { Set(own.map(\.path)) }
}
