import Foundation

/// As much of HTML as strict, well-formed pages need: tags with quoted attributes, text, and script elements.
///
/// It refuses anything else, so what it accepts holds no markup that the templates did not write.
struct HTMLScanner {
  struct Tag: Equatable {
    var name: String
    var attributes: [(name: String, value: String)]

    subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    static func == (left: Tag, right: Tag) -> Bool {
      left.name == right.name && left.attributes.elementsEqual(right.attributes, by: ==)
    }
  }

  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var tags: [Tag] = []
  /// The text of each element of `tags` up to the next tag.
  private(set) var texts: [String] = []
  private(set) var scripts: [String] = []

  private static let empty: Set<String> = ["meta", "link", "br", "rect", "input"]

  init(_ bytes: [UInt8]) throws {
    let text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var position = 0
    var open: [String] = []
    func fault(_ message: String) -> Fault {
      let start = max(0, position - 60)
      let context = String(String.UnicodeScalarView(text[start..<min(position + 60, text.count)]))
      return Fault(description: "\(message) near “\(context)”")
    }
    func starts(_ string: String) -> Bool { text[position...].starts(with: string.unicodeScalars) }
    func name() -> String {
      var name = ""
      while position < text.count,
        ("a"..."z").contains(text[position]) || ("A"..."Z").contains(text[position])
          || ("0"..."9").contains(text[position]) || text[position] == "-" || text[position] == ":"
      {
        name.unicodeScalars.append(text[position])
        position += 1
      }
      return name
    }
    guard starts("<!doctype html>\n") else { throw fault("no doctype") }
    position = 15
    while position < text.count {
      if text[position] != "<" {
        var run = ""
        while position < text.count, text[position] != "<" {
          run.unicodeScalars.append(text[position])
          position += 1
        }
        if run.contains(">") { throw fault("a bare >") }
        let decoded = try Self.decode(run)
        if !texts.isEmpty { texts[texts.count - 1] += decoded }
        continue
      }
      position += 1
      if position < text.count, text[position] == "/" {
        position += 1
        let name = name()
        guard open.popLast() == name, position < text.count, text[position] == ">" else { throw fault("</\(name)>") }
        position += 1
        continue
      }
      var tag = Tag(name: name(), attributes: [])
      guard !tag.name.isEmpty else { throw fault("a bare <") }
      while position < text.count, text[position] == " " {
        position += 1
        let attribute = name()
        guard !attribute.isEmpty else { throw fault("a bad attribute") }
        guard starts("=\"") else {
          tag.attributes.append((attribute, ""))
          continue
        }
        position += 2
        var value = ""
        while position < text.count, text[position] != "\"" {
          value.unicodeScalars.append(text[position])
          position += 1
        }
        position += 1
        if value.contains("<") { throw fault("a < in an attribute") }
        tag.attributes.append((attribute, try Self.decode(value)))
      }
      if starts("/>") { position += 1 } else if !Self.empty.contains(tag.name) { open.append(tag.name) }
      guard position < text.count, text[position] == ">" else { throw fault("a tag that does not end") }
      position += 1
      tags.append(tag)
      texts.append("")
      if tag.name == "script" {
        var script = ""
        while position < text.count, !starts("</script") {
          script.unicodeScalars.append(text[position])
          position += 1
        }
        guard !script.contains("<") else { throw fault("a < in a script") }
        scripts.append(script)
      }
    }
    guard open.isEmpty else { throw fault("\(open) is never closed") }
  }

  /// The text with its entities replaced; a bare & is a fault.
  private static func decode(_ text: String) throws -> String {
    guard text.contains("&") else { return text }
    var result = ""
    let parts = text.split(separator: "&", omittingEmptySubsequences: false)
    result += parts[0]
    for part in parts.dropFirst() {
      guard let end = part.firstIndex(of: ";"),
        let replaced = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"][String(part[..<end])]
      else { throw Fault(description: "a bare & before “\(part.prefix(20))”") }
      result += replaced + part[part.index(after: end)...]
    }
    return result
  }
}
