import Platform
@_spi(TrustedHTML) import Templates

extension Address {
  /// `html` with links that start at the site's root (`href="/models/"`) made relative to a page with this way to it.
  ///
  /// Only for HTML whose attributes are in double quotes and whose text escapes them, as cmark writes it.
  func rebasing(_ html: TrustedHTML, root: String) -> TrustedHTML {
    let bytes = Array(html.text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64)
    let starts = ["href=\"/", "src=\"/"].map { Array($0.utf8) }
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "h") || bytes[position] == UInt8(ascii: "s"),
        let start = starts.first(where: { bytes[position...].starts(with: $0) }),
        let end = bytes[(position + start.count)...].firstIndex(of: UInt8(ascii: "\"")),
        bytes[position + start.count] != UInt8(ascii: "/")
      else {
        result.append(bytes[position])
        position += 1
        continue
      }
      result += start.dropLast()
      let target = bytes[(position + start.count)..<end]
      let path = target.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
      result.append(root)
      result += path
      if linkStyle == .files, path.isEmpty || path.last == UInt8(ascii: "/") { result.append("index.html") }
      result += target[path.endIndex...]
      if result.last == UInt8(ascii: "\"") { result.append("./") }
      position = end
    }
    return TrustedHTML(String(decoding: result, as: UTF8.self))
  }
}
