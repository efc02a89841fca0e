import Platform
import Publishing
import Ratings
import Site
import Yams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A setting's place in the file, which every error names.
struct SettingPlace {
  let path: String
  let line: Int?
  let key: String
  /// The folder that paths are relative to.
  let content: String

  func error(_ problem: String, _ advice: String) -> SettingsError {
    .wrong(path: path, line: line, problem: problem, advice: advice)
  }

  func text(_ node: Node) throws -> String {
    guard let text = node.scalar?.string else {
      throw error("“\(key)” must be one text", "write “\(key): …” on one line")
    }
    return text
  }

  func texts(_ node: Node) throws -> [String] {
    if let one = node.scalar?.string { return one.isEmpty ? [] : [one] }
    guard let sequence = node.sequence else { throw error("“\(key)” must be a list", "write “\(key): [a, b]”") }
    return try sequence.map { try text($0) }
  }

  /// Paths of data, some with the name of the person whose ratings an export holds: `path:` and `user:`.
  func dataEntries(_ node: Node) throws -> [(path: String, user: String?)] {
    guard node.scalar == nil else { return try texts(node).map { ($0, nil) } }
    return try (node.sequence.map { Array($0) } ?? [node]).map { entry in
      guard let mapping = entry.mapping else { return (try text(entry), nil) }
      var path: String?
      var user: String?
      for (name, value) in mapping {
        let place = SettingPlace(path: self.path, line: name.mark?.line, key: name.string ?? "?", content: content)
        switch place.key {
        case "path": path = try place.text(value)
        case "user": user = try place.text(value)
        default: throw place.error("an entry of “data” has no “\(place.key)”", "it takes “path” and “user”")
        }
      }
      guard let path, !path.isEmpty else { throw error("an entry of “data” has no “path”", "write “- path: ann.zip”") }
      return (path, user)
    }
  }

  func number(_ node: Node, in range: ClosedRange<Int>) throws -> Int {
    let text = try text(node)
    guard let number = Int(text), range.contains(number) else {
      throw error(
        "“\(key)” cannot be “\(text)”", "it takes a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func choice<Value>(_ node: Node, _ choices: [String: Value]) throws -> Value {
    let text = try text(node)
    guard let value = choices[text] else {
      let words = choices.keys.sorted()
      let nearest = Spelling.nearest(to: text, among: words)
      throw error(
        "“\(key)” cannot be “\(text)”",
        "\(nearest.map { "did you mean “\($0)”? " } ?? "")it takes \(words.joined(separator: " or "))")
    }
    return value
  }

  /// Ways of packing.
  func compression(_ node: Node) throws -> Set<Compression> {
    let words = Compression.allCases.map(\.rawValue)
    return Set(
      try texts(node).map { text in
        guard let way = Compression(rawValue: text) else {
          throw error("“\(key)” cannot be “\(text)”", "it takes a list of \(words.joined(separator: " and "))")
        }
        return way
      })
  }

  /// Services that pages of films link to, each once.
  func filmLinks(_ node: Node) throws -> [FilmLink] {
    var links: [FilmLink] = []
    for text in try texts(node) where text != "none" {
      guard let link = FilmLink(rawValue: text) else {
        let words = FilmLink.allCases.map(\.rawValue)
        let nearest = Spelling.nearest(to: text, among: words)
        throw error(
          "“\(key)” cannot be “\(text)”",
          "\(nearest.map { "did you mean “\($0)”? " } ?? "")it takes a list of \(words.joined(separator: ", ")), or none"
        )
      }
      if !links.contains(link) { links.append(link) }
    }
    return links
  }

  /// Names of gates and their margins.
  func gates(_ node: Node) throws -> [Gate: Double] {
    guard let mapping = node.mapping else {
      throw error("“\(key)” must be names with margins", "write “rmse: 0.01” below it")
    }
    var gates: [Gate: Double] = [:]
    for (name, margin) in mapping {
      let place = SettingPlace(path: path, line: name.mark?.line, key: name.string ?? "?", content: content)
      guard let gate = Gate(rawValue: place.key) else {
        let words = Gate.allCases.map(\.rawValue)
        let nearest = Spelling.nearest(to: place.key, among: words)
        throw place.error(
          "no gate is called “\(place.key)”",
          nearest.map { "did you mean “\($0)”?" } ?? "known are \(words.joined(separator: ", "))")
      }
      guard let value = margin.scalar.flatMap({ Double($0.string) }), value >= 0, value.isFinite else {
        throw place.error("“\(place.key)” needs a margin", "write a number from 0 up, such as “\(place.key): 0.01”")
      }
      gates[gate] = value
    }
    return gates
  }

  /// Names and texts of a part with settings of its own, each with its place; a list becomes a text with commas.
  func pairs(_ node: Node) throws -> [(name: String, text: String, place: SettingPlace)] {
    guard let mapping = node.mapping else { throw error("“\(key)” must hold settings", "indent them under “\(key):”") }
    return try mapping.map { key, value in
      let place = SettingPlace(path: path, line: key.mark?.line, key: key.string ?? "?", content: content)
      return (place.key, try place.texts(value).joined(separator: ","), place)
    }
  }

  /// Where the endpoint answers: "/" where it serves the site itself, or an absolute address.
  func endpoint(_ node: Node) throws -> String { try text(node) == "/" ? "/" : address(node) }

  /// An absolute http address with a slash at its end.
  func address(_ node: Node) throws -> String {
    let text = try text(node)
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme ?? ""), url.host?.isEmpty == false,
      url.query == nil, url.fragment == nil
    else { throw error("“\(key)” cannot be “\(text)”", "it takes an address such as https://example.org/films/") }
    return text.hasSuffix("/") ? text : text + "/"
  }
}
