import Platform

extension Website {
  /// Looks whether every link of the owner's texts leads somewhere.
  ///
  /// - Throws: `SiteError.text` with file and line of the first that does not.
  /// - Complexity: O(files of the site), once, where there are links.
  func checkLinks() throws(SiteError) {
    let texts = parts.pages + parts.posts.map { (page: $0.post, folder: $0.folder) }
    let written =
      texts.map { (page: $0.page, folder: $0.folder) } + context.lists.map { (page: $0.page, folder: $0.folder) }
    let links = written.flatMap { text in text.page.links.map { (page: text.page, link: $0) } }
    guard !links.isEmpty else { return }
    let anchors = Dictionary(written.map { ($0.folder, $0.page.anchors) }) { first, _ in first }
    var paths: Set<String> = []
    for index in places.indices { paths.insert(path(of: index)) }
    var faults: [(page: MarkdownPage, link: MarkdownPage.Link, problem: String, advice: String)] = []
    for (page, link) in links {
      let (path, fragment) = Self.parts(link.address)
      if isServed(path) || path.hasPrefix("search/") { continue }
      let folder = path.hasSuffix("index.html") ? String(path.dropLast(10)) : path
      let isFolder = (folder.isEmpty || folder.hasSuffix("/")) && paths.contains(folder + "index.html")
      guard isFolder || paths.contains(path) else {
        let hint =
          paths.contains(path + "/index.html")
          ? "write /\(path)/"
          : nearest(to: path).map { "did you mean /\($0)?" } ?? "take the link out, or make what it leads to"
        faults.append((page, link, "leads to nothing in the site", hint))
        continue
      }
      if let known = anchors[folder], !fragment.isEmpty, fragment != "top", !known.contains(fragment),
        !fragment.hasPrefix(":~:")
      {
        let hint = known.isEmpty ? "it has none" : "its headings are #\(known.sorted().joined(separator: ", #"))"
        faults.append((page, link, "leads to no heading of that page", hint))
      }
    }
    guard let first = faults.first else { return }
    let others = faults.dropFirst().map { "\($0.page.path):\($0.link.line): “\($0.link.written)” \($0.problem)" }
    throw .text(
      path: first.page.path, line: first.link.line, problem: "“\(first.link.written)” \(first.problem)",
      advice: ([first.advice] + others).joined(separator: "\n"))
  }

  /// Whether the endpoint answers there.
  private func isServed(_ path: String) -> Bool {
    guard !context.configuration.endpoint.isEmpty else { return false }
    return path.hasPrefix("account/") || path.hasPrefix("api/") || path == "account"
  }

  /// A film's page by the id that the address begins with.
  private func nearest(to path: String) -> String? {
    let parts = path.split(separator: "/")
    guard parts.count == 2, parts[0] == "movies" else { return nil }
    return context.catalogue.movieFolders.first { $0.hasPrefix("movies/\(parts[1])-") }
  }

  /// The path below the root and the fragment, both decoded.
  private static func parts(_ address: String) -> (path: String, fragment: String) {
    let whole = address.drop { $0 == "/" }
    let path = whole.prefix { $0 != "#" && $0 != "?" }
    let fragment = whole.firstIndex(of: "#").map { whole[whole.index(after: $0)...] } ?? ""
    return (PercentEncoding.text(of: path), PercentEncoding.text(of: fragment))
  }
}
