extension SiteCheck {
  /// What one page holds: its links and ids, and what is wrong with its tags.
  struct Page {
    struct Link {
      var offset: Int
      /// The place of the address in `text`, its entities decoded.
      var address: Range<Int>
      /// People can follow it, so that what it leads to can be reached.
      var isFollowed: Bool
    }

    private(set) var links: [Link] = []
    /// The addresses of all links, one after the other.
    private(set) var text: [UInt8] = []
    /// Hashes of all ids.
    private(set) var ids: Set<UInt64> = []
    private(set) var problems: [(offset: Int, kind: SiteProblem.Kind, words: String)] = []
    /// The places of JSON for machines.
    private(set) var scripts: [Range<Int>] = []
    /// The address that the page gives as its own.
    private(set) var canonical: Range<Int>?

    private var scanner: HTMLScanner
    private var open: [(name: Range<Int>, hash: UInt64, element: Element)] = []
    private var foreignDepth = 0
    private var holdsJSON = false
    private let origin: [UInt8]

    /// - Parameter origin: the site's, for addresses that are given to machines in meta elements.
    init(_ bytes: [UInt8], origin: [UInt8]) {
      scanner = HTMLScanner(bytes)
      self.origin = origin
      while let token = scanner.next() {
        switch token {
        case .open(let name, let isSelfClosing): open(name, isSelfClosing)
        case .close(let name): close(name)
        case .rawText(let range): rawText(range)
        }
      }
      for element in open where !element.element.mayStayOpen {
        problem(element.name.lowerBound - 1, .markup, "<\(shown(element.name))> is never closed; close it")
      }
      for fault in scanner.faults { problem(fault.offset, .markup, fault.words) }
    }

    private var bytes: [UInt8] { scanner.bytes }

    private func shown(_ range: Range<Int>) -> String { Bytes.shown(scanner.bytes[range]) }

    private mutating func problem(_ offset: Int, _ kind: SiteProblem.Kind, _ words: String) {
      problems.append((offset, kind, words))
    }

    // MARK: Balance

    private mutating func open(_ name: Range<Int>, _ isSelfClosing: Bool) {
      let hash = Bytes.nameHash(scanner.bytes, name)
      let element = Element.all[hash] ?? Element()
      if foreignDepth == 0, !element.ends.isEmpty {
        while let last = open.last, element.ends.contains(last.hash) { open.removeLast() }
      }
      attributes(of: name)
      if element.isVoid || (isSelfClosing && (foreignDepth > 0 || element.isForeign)) { return }
      if element.isForeign { foreignDepth += 1 }
      open.append((name, hash, element))
    }

    private mutating func close(_ name: Range<Int>) {
      let hash = Bytes.nameHash(scanner.bytes, name)
      if Element.all[hash]?.isVoid == true {
        problem(name.lowerBound - 2, .markup, "</\(shown(name))> closes an element that holds nothing; take it out")
        return
      }
      guard let opener = open.lastIndex(where: { $0.hash == hash }) else {
        problem(name.lowerBound - 2, .markup, "</\(shown(name))> closes nothing; take it out or open it")
        return
      }
      for inner in open[(opener + 1)...] where !inner.element.mayStayOpen {
        problem(
          inner.name.lowerBound - 1, .markup,
          "<\(shown(inner.name))> is still open at </\(shown(name))> in line \(Bytes.line(of: name.lowerBound, in: scanner.bytes)); close it before"
        )
      }
      for inner in open[opener...] where inner.element.isForeign { foreignDepth -= 1 }
      open.removeSubrange(opener...)
    }

    // MARK: Attributes

    private func attribute(_ name: StaticString) -> Range<Int>? {
      scanner.attributes.first { Bytes.equals($0.name, name, in: scanner.bytes) }?.value
    }

    private mutating func attributes(of tag: Range<Int>) {
      holdsJSON = false
      for attribute in scanner.attributes {
        let (name, value) = (attribute.name, attribute.value)
        switch name.count {
        case 2 where Bytes.equals(name, "id", in: bytes): id(value)
        case 3 where Bytes.equals(name, "src", in: bytes):
          link(value, isFollowed: Bytes.equals(tag, "iframe", in: bytes))
        case 4 where Bytes.equals(name, "href", in: bytes): href(of: tag, value)
        case 4 where Bytes.equals(name, "name", in: bytes) && Bytes.equals(tag, "a", in: bytes):
          ids.insert(decodedHash(value))
        case 4 where Bytes.equals(name, "data", in: bytes) && Bytes.equals(tag, "object", in: bytes):
          link(value, isFollowed: false)
        case 4 where Bytes.equals(name, "type", in: bytes):
          holdsJSON =
            Bytes.has("application/", at: value.lowerBound, in: bytes)
            && bytes[value].suffix(4).elementsEqual("json".utf8)
        case 5 where Bytes.equals(name, "style", in: bytes): style(value)
        case 6 where Bytes.equals(name, "srcset", in: bytes): sources(value)
        case 6 where Bytes.equals(name, "poster", in: bytes): link(value, isFollowed: false)
        case 6 where Bytes.equals(name, "action", in: bytes): link(value, isFollowed: true)
        case 7 where Bytes.equals(name, "content", in: bytes): content(value)
        case 10 where Bytes.equals(name, "formaction", in: bytes): link(value, isFollowed: true)
        case 10 where Bytes.equals(name, "xlink:href", in: bytes): link(value, isFollowed: false)
        case 11 where Bytes.equals(name, "imagesrcset", in: bytes): sources(value)
        default: break
        }
      }
    }

    private mutating func href(of tag: Range<Int>, _ value: Range<Int>) {
      let isFollowed = Bytes.equals(tag, "a", in: bytes) || Bytes.equals(tag, "area", in: bytes)
      if Bytes.equals(tag, "link", in: bytes), let rel = attribute("rel") {
        if Bytes.equals(rel, "canonical", in: bytes) { canonical = value }
        // Addresses of hosts to connect to, not of files.
        if Bytes.equals(rel, "preconnect", in: bytes) || Bytes.equals(rel, "dns-prefetch", in: bytes) { return }
      }
      link(value, isFollowed: isFollowed)
    }

    private mutating func link(_ value: Range<Int>, isFollowed: Bool) {
      let start = text.count
      Bytes.appendDecoded(value, of: scanner.bytes, to: &text)
      links.append(Link(offset: value.lowerBound, address: start..<text.count, isFollowed: isFollowed))
    }

    /// The value of a style attribute.
    private mutating func style(_ value: Range<Int>) {
      guard Bytes.find("url(", from: value.lowerBound, in: bytes).map({ $0 < value.upperBound }) == true else { return }
      var decoded: [UInt8] = []
      Bytes.appendDecoded(value, of: scanner.bytes, to: &decoded)
      for address in SiteCheck.addresses(inStyleSheet: decoded, decoded.indices) {
        let start = text.count
        text += decoded[address]
        links.append(Link(offset: value.lowerBound, address: start..<text.count, isFollowed: false))
      }
    }

    private mutating func styles(_ range: Range<Int>) {
      for address in SiteCheck.addresses(inStyleSheet: scanner.bytes, range) { link(address, isFollowed: false) }
    }

    /// A meta element's: a refresh, or an address in the site.
    private mutating func content(_ value: Range<Int>) {
      if let equivalent = attribute("http-equiv"), Bytes.equals(equivalent, "refresh", in: bytes) {
        guard let url = Bytes.find("url=", from: value.lowerBound, in: bytes), url < value.upperBound else { return }
        var range = Bytes.trimmed(url + 4..<value.upperBound, in: bytes)
        if let quote = range.first, range.count > 1, bytes[quote] == 0x22 || bytes[quote] == 0x27 {
          range = quote + 1..<range.upperBound - 1
        }
        link(range, isFollowed: true)
      } else if !origin.isEmpty, bytes[value].starts(with: origin), value.count > origin.count,
        bytes[value.lowerBound + origin.count] == UInt8(ascii: "/")
      {
        link(value, isFollowed: false)
      }
    }

    /// The addresses of a srcset, each with its width or density after a space.
    private mutating func sources(_ value: Range<Int>) {
      var start = value.lowerBound
      while start < value.upperBound {
        while start < value.upperBound, Bytes.isSpace(bytes[start]) || bytes[start] == UInt8(ascii: ",") { start += 1 }
        var end = start
        while end < value.upperBound, !Bytes.isSpace(bytes[end]) { end += 1 }
        var address = start..<end
        while let last = address.last, bytes[last] == UInt8(ascii: ",") { address = start..<last }
        if !address.isEmpty { link(address, isFollowed: false) }
        if address.upperBound == end {
          end = bytes[end..<value.upperBound].firstIndex(of: UInt8(ascii: ",")) ?? value.upperBound
        }
        start = max(end, start + 1)
      }
    }

    private func decodedHash(_ value: Range<Int>) -> UInt64 {
      guard bytes[value].contains(UInt8(ascii: "&")) else { return Bytes.hash(bytes[value]) }
      var decoded: [UInt8] = []
      Bytes.appendDecoded(value, of: bytes, to: &decoded)
      return Bytes.hash(decoded)
    }

    private mutating func id(_ value: Range<Int>) {
      if value.isEmpty || bytes[value].contains(where: Bytes.isSpace) {
        problem(value.lowerBound, .markup, "the id “\(shown(value))” is empty or has spaces; write one word")
      } else if !ids.insert(decodedHash(value)).inserted {
        problem(value.lowerBound, .duplicateID, "the id “\(shown(value))” is in this page already; choose another")
      }
    }

    private mutating func rawText(_ range: Range<Int>) {
      guard let element = open.last?.name else { return }
      if Bytes.equals(element, "style", in: bytes) { styles(range) }
      if Bytes.equals(element, "script", in: bytes), holdsJSON { scripts.append(range) }
      holdsJSON = false
    }
  }
}
