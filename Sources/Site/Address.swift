import Platform

/// How pages are addressed: by their folder from the site's root, such as `movies/1-toy-story/`; the home page is "".
package struct Address: Sendable {
  let linkStyle: SiteConfiguration.LinkStyle
  /// The absolute address of the home page, with `/` at its end.
  package let url: String
  /// `url` without scheme and host: "/" or "/films/".
  package let urlPath: String

  /// - Throws: `SiteError.addressInvalid` where `url` is not http(s) or holds characters that need escaping.
  package init(url: String, linkStyle: SiteConfiguration.LinkStyle) throws(SiteError) {
    let scheme = ["https://", "http://"].first { url.lowercased().hasPrefix($0) }
    let rest = url.utf8.dropFirst(scheme?.utf8.count ?? 0)
    let isClean = url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\"'<>\\^`{|}?#".utf8.contains($0) }
    guard scheme != nil, isClean, let first = rest.first, first != UInt8(ascii: "/") else {
      throw .addressInvalid(url: url)
    }
    self.linkStyle = linkStyle
    self.url = url.hasSuffix("/") ? url : url + "/"
    let path = self.url.utf8.dropFirst(scheme?.utf8.count ?? 0).drop { $0 != UInt8(ascii: "/") }
    urlPath = String(decoding: path, as: UTF8.self)
  }

  /// What a link to the page in `folder` says behind the way to the root.
  package func link(_ folder: String) -> String { linkStyle == .files ? folder + "index.html" : folder }

  /// The way from the page in `folder` to the site's root: "" or "../../".
  package func root(from folder: String) -> String {
    String(repeating: "../", count: folder.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// The link to the home page from a page with this way to the root; never empty.
  func home(root: String) -> String {
    let link = root + link("")
    return link.isEmpty ? "./" : link
  }

  /// The address that search engines are to keep for the page in `folder`.
  package func canonical(_ folder: String) -> String { url + folder }
}

extension Address {
  /// `text` as a value in the query of an address: all but the unreserved characters of RFC 3986 percent-encoded.
  static func inQuery(_ text: String) -> String { PercentEncoding.encoded(text) }
}
