extension SiteCheck {
  /// The site's address on the web, as its own pages have it: `https://example.org/films/`.
  struct Address {
    /// `https://example.org`
    var origin: [UInt8]
    /// The path of the folder, from its first slash to its last.
    var path: [UInt8]

    /// - Parameter url: the address of the site's index.html.
    init?(_ url: [UInt8]) {
      let text = Bytes.string(url)
      guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
      let hostEnd = url[scheme.utf8.count...].firstIndex(of: UInt8(ascii: "/")) ?? url.count
      guard hostEnd > scheme.utf8.count else { return nil }
      origin = Array(url[..<hostEnd])
      let rest = url[hostEnd...]
      path = rest.lastIndex(of: UInt8(ascii: "/")).map { Array(rest[...$0]) } ?? [UInt8(ascii: "/")]
    }
  }

  /// Where a link leads.
  enum Target {
    /// Out of the site, or no address of a file at all.
    case external
    /// The fragment, if there is one, is in `Resolver.fragment`.
    case file(Int)
    case missing(path: String, hint: String)
  }

  /// Finds the files that links mean.
  struct Resolver {
    let files: Files
    var address: Address?
    /// Of the link resolved last, decoded; empty if it has none.
    private(set) var fragment: [UInt8] = []

    private var path: [UInt8] = []
    private var segments: [UInt8] = []

    init(_ files: Files) { self.files = files }

    /// - Parameters:
    ///   - link: an address as written in a page, its entities decoded.
    ///   - file: the file that contains it.
    mutating func resolve(_ link: ArraySlice<UInt8>, in file: Int) -> Target {
      var link = link
      while let first = link.first, Bytes.isSpace(first) { link.removeFirst() }
      while let last = link.last, Bytes.isSpace(last) { link.removeLast() }
      fragment.removeAll(keepingCapacity: true)
      if let hash = link.firstIndex(of: UInt8(ascii: "#")) {
        Bytes.appendPercentDecoded(link[(hash + 1)...], to: &fragment)
        link = link[..<hash]
      }
      if let query = link.firstIndex(of: UInt8(ascii: "?")) { link = link[..<query] }
      guard !link.isEmpty else { return .file(file) }
      path.removeAll(keepingCapacity: true)
      if let colon = link.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }),
        link[colon] == UInt8(ascii: ":")
      {
        guard let origin = address?.origin, Self.begins(link, with: origin[...]) else { return .external }
        link = link[(link.startIndex + origin.count)...]
        return resolveRooted(link)
      }
      if Self.begins(link, with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) {
        guard let origin = address?.origin, let slash = origin.firstIndex(of: UInt8(ascii: "/")),
          Self.begins(link, with: origin[slash...])
        else { return .external }
        return resolveRooted(link[(link.startIndex + origin.count - slash)...])
      }
      if link.first == UInt8(ascii: "/") { return resolveRooted(link) }
      path += files.folder(file)
      return resolvePath(link)
    }

    /// The host's name must end where the origin's does.
    private static func begins(_ link: ArraySlice<UInt8>, with start: ArraySlice<UInt8>) -> Bool {
      guard link.starts(with: start) else { return false }
      guard start.count > 2, link.count > start.count else { return true }
      return link[link.startIndex + start.count] == UInt8(ascii: "/")
    }

    private mutating func resolveRooted(_ link: ArraySlice<UInt8>) -> Target {
      let root = address?.path ?? [UInt8(ascii: "/")]
      if link.isEmpty || link.elementsEqual(root.dropLast()) { return resolvePath([]) }
      guard link.starts(with: root) else {
        return .missing(
          path: Bytes.shown(link), hint: "the site's address is \(Bytes.string(root)), so begin the link with that")
      }
      return resolvePath(link[(link.startIndex + root.count)...])
    }

    /// Goes on from the folder in `path`.
    private mutating func resolvePath(_ link: ArraySlice<UInt8>) -> Target {
      segments.removeAll(keepingCapacity: true)
      Bytes.appendPercentDecoded(link, to: &segments)
      var start = 0
      while start < segments.count {
        let end = segments[start...].firstIndex(of: UInt8(ascii: "/")) ?? segments.count
        let segment = segments[start..<end]
        let isLast = end == segments.count
        start = end + 1
        if segment.elementsEqual([UInt8(ascii: ".")]) || segment.isEmpty && !isLast { continue }
        if segment.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
          guard !path.isEmpty else {
            return .missing(path: Bytes.shown(link), hint: "it leads out of the site; take a “../” out")
          }
          path.removeLast()
          while let last = path.last, last != UInt8(ascii: "/") { path.removeLast() }
          continue
        }
        path += segment
        if !isLast { path.append(UInt8(ascii: "/")) }
      }
      let isFolder = path.isEmpty || path.last == UInt8(ascii: "/")
      if isFolder { path += "index.html".utf8 }
      if let found = files.find(path) { return .file(found) }
      let missing = Bytes.shown(path)
      if !isFolder, files.find(path + Array("/index.html".utf8)) != nil {
        return .missing(path: missing, hint: "that is a folder; end the link with “/”")
      }
      return .missing(path: missing, hint: "add the file or fix the link")
    }
  }
}
