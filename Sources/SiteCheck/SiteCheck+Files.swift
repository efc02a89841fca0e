extension SiteCheck {
  /// The files of a site, numbered in the order of their paths; about 50 bytes for each.
  struct Files {
    enum Kind: UInt8 { case page, styleSheet, xml, json, other }

    private var names: [UInt8] = []
    private var starts: [Int] = [0]
    private(set) var kinds: [Kind] = []
    /// Open addressing: file numbers, or -1.
    private var slots: [Int32] = []

    var count: Int { kinds.count }

    /// - Parameter own: files that an owner wrote and that are published as they are: links may lead to them.
    init(_ paths: [String], own: Set<String> = []) {
      var size = 16
      while size < 2 * paths.count { size *= 2 }
      slots = Array(repeating: -1, count: size)
      for path in paths.sorted() {
        let utf8 = Array(path.utf8)
        var slot = Int(truncatingIfNeeded: Bytes.hash(utf8)) & (size - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
        slots[slot] = Int32(kinds.count)
        names += utf8
        starts.append(names.count)
        kinds.append(own.contains(path) ? .other : Self.kind(of: path))
      }
    }

    func path(_ file: Int) -> String { Bytes.string(names[starts[file]..<starts[file + 1]]) }

    /// The path up to and with its last slash.
    func folder(_ file: Int) -> ArraySlice<UInt8> {
      let name = names[starts[file]..<starts[file + 1]]
      guard let slash = name.lastIndex(of: UInt8(ascii: "/")) else { return name.prefix(0) }
      return name[...slash]
    }

    func find(_ path: [UInt8]) -> Int? {
      var slot = Int(truncatingIfNeeded: Bytes.hash(path)) & (slots.count - 1)
      while slots[slot] >= 0 {
        let file = Int(slots[slot])
        let range = starts[file]..<starts[file + 1]
        if range.count == path.count, names[range].elementsEqual(path) { return file }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }

    func find(_ path: String) -> Int? { find(Array(path.utf8)) }

    private static func kind(of path: String) -> Kind {
      let lower = path.lowercased()
      if lower.hasSuffix(".html") || lower.hasSuffix(".htm") { return .page }
      if lower.hasSuffix(".css") { return .styleSheet }
      if lower.hasSuffix(".xml") || lower.hasSuffix(".svg") { return .xml }
      if lower.hasSuffix(".json") || lower.hasSuffix(".webmanifest") { return .json }
      return .other
    }
  }
}
