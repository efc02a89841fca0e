import Publishing

extension SiteCheck {
  /// One check: pages in the order in which a visitor finds them from index.html, then all the rest.
  struct Walk {
    private(set) var report = SiteCheckReport()

    private let folder: String
    private let files: Files
    private var resolver: Resolver
    /// Whether an endpoint has pages for members.
    private let hasAccounts: Bool
    private var contract = Contract()
    /// By file: pages that were found.
    private var isFound: [Bool]
    private var waiting: [Int] = []
    /// Anchors in pages that were not just at hand.
    private var anchors: [Anchor: Place] = [:]

    private struct Anchor: Hashable {
      var file: Int32
      var hash: UInt64
    }

    /// The first of the links to an anchor.
    private struct Place {
      var file: Int
      var line: Int
      var fragment: String
      var others = 0
    }

    init(folder: String) throws {
      self.folder = folder
      let listing = try Listing(folder)
      files = Files(listing.files, own: SiteManifest(folder: folder)?.own ?? [])
      hasAccounts = files.find("account/index.html") != nil
      resolver = Resolver(files)
      isFound = Array(repeating: false, count: files.count)
      for link in listing.strayLinks.sorted() {
        report.add(
          SiteProblem(
            file: link, line: 1, kind: .file,
            words: "this symbolic link is not followed, since it leads to no file of the site; put the file itself here"
          ))
      }
    }

    mutating func run() throws {
      guard let index = files.find("index.html") else { throw SiteCheckError.noIndex(folder) }
      resolver.address = try address(index)
      find(index)
      while let page = waiting.popLast() { try check(page: page) }
      let lost = (0..<files.count).filter { files.kinds[$0] == .page && !isFound[$0] }
      for file in lost {
        isFound[file] = true
        if !["404.html", "offline.html"].contains(files.path(file)) {
          add(file, 1, .unreachablePage, "no links lead here from index.html; link to this page or take it out")
        }
      }
      for file in lost { try check(page: file) }
      try checkAnchors()
      for file in 0..<files.count {
        switch files.kinds[file] {
        case .styleSheet: try check(styleSheet: file)
        case .xml: try check(xml: file)
        case .json: try check(json: file)
        case .page, .other: break
        }
      }
      for movie in contract.missingMovies() { add(movie.file, movie.line, .contract, movie.words) }
      report.problems.sort { ($0.file, $0.line, $0.words) < ($1.file, $1.line, $1.words) }
    }

    private func read(_ file: Int) throws -> [UInt8] { try SiteCheck.read("\(folder)/\(files.path(file))") }

    private mutating func add(
      _ file: Int, _ line: Int, _ kind: SiteProblem.Kind, _ words: String, target: String? = nil
    ) {
      report.add(SiteProblem(file: files.path(file), line: line, kind: kind, words: words, target: target))
    }

    /// The site's address, as the home page or the sitemap has it.
    private func address(_ index: Int) throws -> Address? {
      let page = Page(try read(index), origin: [])
      if let canonical = page.canonical {
        var url: [UInt8] = []
        Bytes.appendDecoded(canonical, of: try read(index), to: &url)
        if let address = Address(url) { return address }
      }
      guard let sitemap = files.find("sitemap.xml"), let xml = try? XMLScanner(read(sitemap)) else { return nil }
      let locations = xml.texts.filter { Bytes.equals($0.element, "loc", in: xml.bytes) }
        .map { Bytes.trimmed($0.text, in: xml.bytes) }
      // The home page has the shortest address.
      return locations.min { $0.count < $1.count }.flatMap { Address(Array(xml.bytes[$0])) }
    }

    /// Puts a page on the way, once.
    private mutating func find(_ file: Int) {
      guard files.kinds[file] == .page, !isFound[file] else { return }
      isFound[file] = true
      waiting.append(file)
    }

    // MARK: Pages

    private mutating func check(page file: Int) throws {
      let bytes = try read(file)
      let page = Page(bytes, origin: resolver.address?.origin ?? [])
      report.pages += 1
      for problem in page.problems { add(file, Bytes.line(of: problem.offset, in: bytes), problem.kind, problem.words) }
      for link in page.links {
        guard let target = follow(page.text[link.address], from: file, at: link.offset, in: bytes) else { continue }
        if link.isFollowed { find(target) }
        if !resolver.fragment.isEmpty { anchor(resolver.fragment, target, page, file, link.offset, bytes) }
      }
      for script in page.scripts { checkScript(script, bytes, file) }
    }

    /// The file that a link of the site leads to; a link without a file is a problem.
    private mutating func follow(_ address: ArraySlice<UInt8>, from file: Int, at offset: Int, in bytes: [UInt8])
      -> Int?
    {
      switch resolver.resolve(address, in: file) {
      case .external: return nil
      case .file(let target):
        report.links += 1
        return target
      case .missing(let path, let hint):
        report.links += 1
        // The endpoint answers there.
        if hasAccounts, path.hasPrefix("account/") { return nil }
        add(
          file, Bytes.line(of: offset, in: bytes), .brokenLink,
          "“\(Bytes.shown(address))” leads to \(path), which is not there; \(hint)", target: path)
        return nil
      }
    }

    private mutating func anchor(
      _ fragment: [UInt8], _ target: Int, _ page: Page, _ file: Int, _ offset: Int, _ bytes: [UInt8]
    ) {
      // The top of the page and marked text are found without an id.
      guard files.kinds[target] == .page, !fragment.elementsEqual("top".utf8), !fragment.starts(with: ":~:".utf8) else {
        return
      }
      let hash = Bytes.hash(fragment)
      if target == file {
        if !page.ids.contains(hash) {
          add(
            file, Bytes.line(of: offset, in: bytes), .missingAnchor, Self.words(Bytes.shown(fragment), "this page", 0),
            target: files.path(file) + "#" + Bytes.shown(fragment))
        }
        return
      }
      let anchor = Anchor(file: Int32(target), hash: hash)
      if anchors[anchor] == nil {
        anchors[anchor] = Place(
          file: file, line: Bytes.line(of: offset, in: bytes), fragment: Bytes.shown(fragment), others: 0)
      } else {
        anchors[anchor]?.others += 1
      }
    }

    private static func words(_ fragment: String, _ page: String, _ others: Int) -> String {
      let more = others == 0 ? "" : " (\(others) more links do the same)"
      return "“#\(fragment)” is not an id in \(page)\(more); add the id or fix the link"
    }

    /// Reads the pages again that others link into.
    private mutating func checkAnchors() throws {
      let byFile = Dictionary(grouping: anchors.keys, by: \.file)
      for file in byFile.keys.sorted() {
        let ids = Page(try read(Int(file)), origin: []).ids
        for anchor in byFile[file, default: []] where !ids.contains(anchor.hash) {
          guard let place = anchors[anchor] else { continue }
          add(
            place.file, place.line, .missingAnchor, Self.words(place.fragment, files.path(Int(file)), place.others),
            target: files.path(Int(file)) + "#" + place.fragment)
        }
      }
    }

    private mutating func checkScript(_ range: Range<Int>, _ bytes: [UInt8], _ file: Int) {
      do {
        _ = try JSONTape(Array(bytes[range]))
      } catch {
        let line = Bytes.line(of: range.lowerBound + error.offset, in: bytes)
        add(file, line, .json, "the JSON in this script does not parse: \(error.words)")
      }
    }

    // MARK: Other files

    private mutating func check(styleSheet file: Int) throws {
      let bytes = try read(file)
      for address in SiteCheck.addresses(inStyleSheet: bytes, bytes.indices) {
        _ = follow(bytes[address], from: file, at: address.lowerBound, in: bytes)
      }
    }

    private mutating func check(xml file: Int) throws {
      let bytes = try read(file)
      do {
        let xml = try XMLScanner(bytes)
        let links = ["loc", "link", "url", "icon", "logo"].map(Element.hash)
        let texts = xml.texts.filter { links.contains(Bytes.nameHash(bytes, $0.element)) }
          .map { Bytes.trimmed($0.text, in: bytes) }
        for range in texts + xml.references.map(\.value) where !range.isEmpty {
          var address: [UInt8] = []
          Bytes.appendDecoded(range, of: bytes, to: &address)
          _ = follow(address[...], from: file, at: range.lowerBound, in: bytes)
        }
      } catch {
        add(file, Bytes.line(of: error.offset, in: bytes), .xml, "this is not well-formed XML: \(error.words)")
      }
    }

    private mutating func check(json file: Int) throws {
      let bytes = try read(file)
      report.jsonFiles += 1
      do {
        let json = try JSONTape(bytes)
        for problem in contract.check(json, file: file, path: files.path(file)) {
          add(file, problem.line, .contract, problem.words)
        }
      } catch {
        add(file, Bytes.line(of: error.offset, in: bytes), .json, "this does not parse as JSON: \(error.words)")
      }
    }
  }
}
