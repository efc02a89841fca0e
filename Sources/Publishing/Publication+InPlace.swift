import Platform

extension Publication {
  /// Puts the new site's files one by one into a folder that cannot be exchanged: first what pages need, then pages,
  /// then what leads to them; what is gone goes last.
  ///
  /// Whoever looks meanwhile sees pages of both; a process that is killed leaves such a site to the next build.
  func merge(_ tree: inout SiteTree, replacing inspected: InspectedTree?) throws {
    let inode = FileStamp(path: output)?.inode ?? 0
    try SiteTree.forget(root: inode, in: state)
    let old = ownedPaths(inspected).subtracting([SiteManifest.name])
    let paths = tree.files.map { [tree] in tree.path(of: $0) }
    var list = SiteManifest(old)
    for path in paths { list.add(path) }
    try RawFile.replace(list.bytes, at: output + "/" + SiteManifest.name)
    let gone = old.filter { path in tree.index(of: path).map { tree.entries[$0].isFolder } ?? true }.sorted()
    // Obstacles are removed first: a file where a folder comes, or the other way round.
    for path in gone where isInTheWay(path, of: tree) { try removeFile(path) }
    for path in paths.sorted(by: { (Self.pass($0), $0) < (Self.pass($1), $1) }) {
      if let index = tree.index(of: path), let (entry, known) = inspected?.file(path), known != .unknown,
        entry.hash == tree.entries[index].hash, entry.size == tree.entries[index].size
      {
        continue
      }
      let target = output + "/" + path
      try RawFile.creatingFolders(for: target) { try RawFile.moveAcross(next + "/" + path, to: target) }
    }
    for path in gone where !isInTheWay(path, of: tree) { try removeFile(path) }
    var placed = SiteTree(root: inode, key: tree.key)
    for index in tree.files {
      let (path, entry) = (tree.path(of: index), tree.entries[index])
      guard let stamp = FileStamp(path: output + "/" + path) else { throw RawFile.Failure.missing }
      placed.append(
        path, hash: entry.hash, size: entry.size, modified: Int64(stamp.modified), inode: stamp.inode,
        source: entry.source)
    }
    for index in tree.folders { placed.append(tree.path(of: index), modified: 0) }
    placed.makeIndex()
    // Whether something foreign lies in a folder is not known here, so each is looked into the next time.
    try? placed.write(to: state)
    tree = placed
    removeNext()
  }

  /// Whether a file that is gone was where a folder of the new site comes, or below a file of it.
  private func isInTheWay(_ path: String, of tree: SiteTree) -> Bool {
    let folders = path.indices.filter { path[$0] == "/" }.compactMap { tree.index(of: String(path[..<$0])) }
    return tree.index(of: path) != nil || folders.contains { !tree.entries[$0].isFolder }
  }

  /// Removes a file and the folders that are empty then.
  private func removeFile(_ path: String) throws {
    try RawFile.remove(output + "/" + path)
    for slash in path.indices.reversed() where path[slash] == "/" {
      RawFile.removeEmptyFolder(output + "/" + path[..<slash])
    }
  }

  private static func pass(_ path: String) -> Int {
    // The list of the files is true once all of them are there.
    if path == SiteManifest.name { return 3 }
    if ["index.html", "sw.js", "sitemap.xml", "feed.xml", "build.json"].contains(path) { return 2 }
    return path.hasSuffix(".html") ? 1 : 0
  }
}
