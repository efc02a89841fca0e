/// Inserts content into the page frame from the build.
enum PageShell {
  /// A frame without a theme, before the first build.
  static func bare(language: String, direction: String) -> String {
    "<!doctype html><html lang=\"\(escaped(language))\" dir=\"\(direction)\"><meta charset=\"utf-8\"><title></title>"
      + "<body><!--account--><!--/account--></body></html>"
  }

  static func page(title: String, content: [UInt8], in frame: [UInt8]) -> [UInt8] {
    var page = frame
    replace(&page, from: "<!--account-->", to: "<!--/account-->", with: content)
    replace(&page, from: "<title>", to: "</title>", with: Array("<title>\(escaped(title))</title>".utf8))
    return page
  }

  private static func replace(_ page: inout [UInt8], from start: String, to end: String, with bytes: [UInt8]) {
    guard let first = index(of: Array(start.utf8), in: page[...]),
      let last = index(of: Array(end.utf8), in: page[first...])
    else { return }
    page.replaceSubrange(first..<(last + end.utf8.count), with: bytes)
  }

  private static func index(of word: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = word.first else { return nil }
    var position = bytes.startIndex
    while let next = bytes[position...].firstIndex(of: first) {
      if bytes[next...].starts(with: word) { return next }
      position = next + 1
    }
    return nil
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
