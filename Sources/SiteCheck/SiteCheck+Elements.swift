extension SiteCheck {
  /// What HTML says about an element, as far as closing tags go.
  struct Element {
    var isVoid = false
    /// Its closing tag may be left out.
    var mayStayOpen = false
    /// The elements that it ends when it begins, if they are still open right around it.
    var ends: Set<UInt64> = []
    /// SVG and MathML, where `/>` closes any element.
    var isForeign = false

    static func hash(_ name: String) -> UInt64 { Bytes.hash(name.utf8) }

    private static func hashes(_ names: String) -> Set<UInt64> {
      Set(names.split(separator: " ").map { hash(String($0)) })
    }

    static let all: [UInt64: Element] = {
      var all: [UInt64: Element] = [:]
      for name in hashes("area base br col embed hr img input link meta source track wbr") {
        all[name, default: Element()].isVoid = true
      }
      let open = "p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption rt rp html head body"
      for name in hashes(open) { all[name, default: Element()].mayStayOpen = true }
      let blocks =
        "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
        + "header hgroup hr main menu nav ol p pre search section table ul"
      for name in hashes(blocks) { all[name, default: Element()].ends.formUnion(hashes("p")) }
      let endings = [
        "li": "li p", "dt": "dt dd p", "dd": "dt dd p", "option": "option", "optgroup": "option optgroup",
        "tr": "tr td th p caption colgroup", "td": "td th p", "th": "td th p",
        "tbody": "tr td th p thead tbody caption colgroup",
        "thead": "caption colgroup", "tfoot": "tr td th p thead tbody", "rt": "rt rp", "rp": "rt rp", "body": "head",
      ]
      for (name, ended) in endings { all[hash(name), default: Element()].ends.formUnion(hashes(ended)) }
      for name in hashes("svg math") { all[name, default: Element()].isForeign = true }
      return all
    }()
  }
}
