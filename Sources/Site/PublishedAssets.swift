import Platform
import Ratings
import Templates

/// The theme's assets under the names they are published with: `style.css` as `assets/style.1f3a5c7e.css`.
///
/// A name changes with the content, so a host may let browsers keep assets for ever.
package struct PublishedAssets: Sendable {
  /// Path under the output folder and content, in the order of the theme.
  package private(set) var files: [(path: String, bytes: [UInt8])] = []
  /// Theme name to published path.
  package private(set) var paths: [String: String] = [:]

  package init(_ assets: [Theme.Asset]) {
    for asset in assets where !asset.name.hasSuffix(".css") { publish(asset.name, asset.bytes) }
    for asset in assets where asset.name.hasSuffix(".css") {
      publish(asset.name, Self.resolvingURLs(in: asset.bytes, of: asset.name, paths: paths))
    }
  }

  private mutating func publish(_ name: String, _ bytes: [UInt8]) {
    var fingerprint = Fingerprint()
    fingerprint.add(name)
    fingerprint.add(bytes)
    let safe = String(decoding: name.utf8.map { Self.isSafe($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
    let folders = safe.split(separator: "/", omittingEmptySubsequences: true)
    var parts = (folders.last ?? "file").split(separator: ".", omittingEmptySubsequences: true).map(String.init)
    if parts.isEmpty { parts = ["file"] }
    parts.insert(String(fingerprint.description.prefix(8)), at: parts.count > 1 ? parts.count - 1 : 1)
    let path = (["assets"] + folders.dropLast().map(String.init) + [parts.joined(separator: ".")]).joined(
      separator: "/")
    paths[name] = path
    files.append((path, bytes))
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// The style sheet with `url(name)` of another asset pointing to its published name.
  private static func resolvingURLs(in css: [UInt8], of name: String, paths: [String: String]) -> [UInt8] {
    let opening = Array("url(".utf8)
    let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    let sheetFolder = name.split(separator: "/").dropLast()
    let up = String(repeating: "../", count: sheetFolder.count)
    var result: [UInt8] = []
    var position = 0
    while position < css.count {
      let next = css[position...].firstIndex(of: opening[0]) ?? css.count
      result += css[position..<next]
      position = next
      guard position < css.count else { break }
      guard css[position...].starts(with: opening),
        let end = css[position...].firstIndex(of: UInt8(ascii: ")"))
      else {
        result.append(css[position])
        position += 1
        continue
      }
      var inner = css[(position + 4)..<end]
      while let first = inner.first, quotes.contains(first) || first == 0x20 { inner.removeFirst() }
      while let last = inner.last, quotes.contains(last) || last == 0x20 { inner.removeLast() }
      let wanted = (sheetFolder + String(decoding: inner, as: UTF8.self).split(separator: "/")).joined(separator: "/")
      if let path = paths[wanted] {
        result.append("url(\"\(up)\(path.dropFirst("assets/".count))\")")
      } else {
        result += css[position...end]
      }
      position = end + 1
    }
    return result
  }
}

extension PublishedAssets {
  /// The names for templates: `{{assets.style.css}}` is the published path of `style.css`, `{{assets.fonts.a.woff2}}`
  /// that of `fonts/a.woff2`.
  func templateNames() -> PageModel<Void> {
    var tree = Node()
    for (name, path) in paths.sorted(by: { $0.key < $1.key }) {
      tree.insert(path, at: name.split { $0 == "/" || $0 == "." }.map(String.init)[...])
    }
    return tree.model(named: "assets")
  }

  private struct Node {
    var path: String?
    var children: [String: Node] = [:]

    mutating func insert(_ path: String, at names: ArraySlice<String>) {
      guard let first = names.first else { return self.path = path }
      children[first, default: Node()].insert(path, at: names.dropFirst())
    }

    func model(named name: String) -> PageModel<Void> {
      PageModel(name) {
        for (key, child) in children.sorted(by: { $0.key < $1.key }) {
          if let path = child.path, child.children.isEmpty {
            Text(key) { path }
          } else {
            Object(key, of: child.model(named: name + "." + key)) { () }
          }
        }
      }
    }
  }
}
