import Platform
import Ratings

extension Texts {
  /// The name of the asset that gives scripts their texts.
  static let scriptAsset = "texts.js"

  /// `script`, the theme's `texts.js`, with the texts below `script` before it.
  func scriptAsset(_ script: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append("globalThis.marqueeTexts={\"language\":")
    bytes.append(json: language, inScript: true)
    bytes.append(",\"texts\":{")
    let own = entries.filter { $0.key.hasPrefix("script.") }.sorted { $0.key < $1.key }
    for (position, (name, entry)) in own.enumerated() {
      if position > 0 { bytes.append(",") }
      bytes.append(json: String(name.dropFirst("script.".count)), inScript: true)
      bytes.append(":")
      if entry.isPlural {
        bytes.append("{")
        for (place, form) in entry.forms.sorted(by: { $0.key.rawValue < $1.key.rawValue }).enumerated() {
          if place > 0 { bytes.append(",") }
          bytes.append(json: form.key.rawValue)
          bytes.append(":")
          bytes.append(json: Self.source(of: form.value), inScript: true)
        }
        bytes.append("}")
      } else {
        bytes.append(json: Self.source(of: entry.forms[.other] ?? []), inScript: true)
      }
    }
    bytes.append("}};\n")
    return bytes + script
  }

  /// The text as it was written, with `{names}`.
  private static func source(of parts: [Part]) -> String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .value(let name): "{\(name)}"
      }
    }.joined()
  }

  /// Checks that every text which a script asks for, `marqueeText("name"`, is there.
  ///
  /// - Throws: `SiteError.text` with file, line and the nearest name.
  func check(_ asset: Theme.Asset, path: String) throws(SiteError) {
    let call = Array("marqueeText(\"".utf8)
    let bytes = asset.bytes
    var line = 1
    for position in bytes.indices {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      guard bytes[position] == call[0], bytes[position...].starts(with: call) else { continue }
      let rest = bytes[(position + call.count)...]
      let name = String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
      guard entries["script." + name] == nil else { continue }
      let known = entries.keys.filter { $0.hasPrefix("script.") }.map { String($0.dropFirst("script.".count)) }.sorted()
      throw .text(
        path: path, line: line, problem: "no text for scripts is called “\(name)”",
        advice: Spelling.nearest(to: name, among: known).map { "did you mean “\($0)”?" }
          ?? "add it below “script” in texts/en.yaml")
    }
  }
}
