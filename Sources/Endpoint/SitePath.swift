import Platform

/// The parsed path of a request.
///
/// The parts are decoded once and opened one by one, so they cannot escape the folder: parts that are
/// empty, hidden, `.` or `..`, or contain a slash, a backslash, a control character or invalid UTF-8 are rejected.
struct SitePath: Equatable {
  var parts: [String]
  /// Whether the path ends with a slash.
  var isFolder: Bool
  /// The text after the question mark, if there is any.
  var query: String?

  /// The site's own.
  init() { (parts, isFolder) = ([], true) }

  /// - Parameter target: as in the request, such as `/movies/1-toy-story/?page=2`.
  init?(target: String) {
    var rest = target.utf8[...]
    if !target.hasPrefix("/") {
      // The form for proxies: http://host/path.
      guard let scheme = ["http://", "https://"].first(where: { target.hasPrefix($0) }) else { return nil }
      rest = rest.dropFirst(scheme.utf8.count)
      rest = rest.firstIndex(of: UInt8(ascii: "/")).map { rest[$0...] } ?? "/".utf8[...]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = String(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    }
    var pieces = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
    isFolder = pieces.last?.isEmpty ?? true
    if isFolder { pieces = pieces.dropLast() }
    parts = []
    for piece in pieces {
      guard let part = PercentEncoding.validText(of: piece),
        Self.isValid(part) || parts.isEmpty && part == Self.wellKnown
      else {
        return nil
      }
      parts.append(part)
    }
  }

  /// The folder of well-known resources (RFC 8615).
  private static let wellKnown = ".well-known"

  private static func isValid(_ part: String) -> Bool {
    !part.isEmpty && part.utf8.first != UInt8(ascii: ".")
      && part.utf8.allSatisfy {
        $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
      }
  }
}

extension SitePath {
  /// The same path without the site's folder on its host, which a proxy may have kept.
  mutating func drop(_ base: [String]) {
    guard !base.isEmpty, parts.starts(with: base) else { return }
    parts.removeFirst(base.count)
  }

  /// The same path in canonical form, as a request target.
  var target: String {
    parts.map { "/" + PercentEncoding.encoded($0) }.joined() + (isFolder ? "/" : "") + (query.map { "?" + $0 } ?? "")
  }

  /// The same path with a trailing slash, as a redirect target.
  var asFolderTarget: String {
    var target = "/"
    for part in parts { target += PercentEncoding.encoded(part) + "/" }
    if let query, query.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) { target += "?" + query }
    return target
  }
}
