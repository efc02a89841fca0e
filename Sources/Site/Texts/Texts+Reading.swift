import Platform
import Ratings
import YAML
import Yams

/// One file of texts of a theme.
package struct TextFile: Sendable {
  /// The file's name without its ending: "de".
  package var language: String
  package var path: String
  package var yaml: String

  package init(language: String, path: String, yaml: String) {
    self.language = language
    self.path = path
    self.yaml = yaml
  }
}

extension Texts {
  /// Sections of which each language names what it likes: the genres of its data, the purposes of models.
  private static let openSections = ["genre.", "model."]

  /// The texts for `language`: English first, then the language, then its region ("pt", "pt-BR"), and in each the
  /// files in their order, so that a site's own file may say one sentence in another way.
  ///
  /// - Throws: `SiteError` with file and line for a file that is not YAML, a name that English does not have, or a
  ///   value that the English text does not have; and if there is no file for the language.
  package init(_ files: [TextFile], language: String) throws(SiteError) {
    let tag = language.lowercased()
    let base = String(tag.prefix { $0 != "-" })
    let wanted = base == tag ? [base] : [base, tag]
    guard files.contains(where: { wanted.contains($0.language.lowercased()) }) else {
      throw .languageUnknown(language: language, known: Set(files.map(\.language)).sorted())
    }
    var entries: [String: Entry] = [:]
    for file in files where file.language.lowercased() == "en" { try Self.read(file, into: &entries) }
    let english = entries
    for name in wanted where name != "en" {
      for file in files where file.language.lowercased() == name {
        var own: [String: Entry] = [:]
        try Self.read(file, into: &own)
        for (name, entry) in own.sorted(by: { ($0.value.line, $0.key) < ($1.value.line, $1.key) }) {
          try Self.check(entry, name, against: english)
          entries[name] = entry
        }
      }
    }
    try self.init(language: language, entries: entries)
  }

  /// The names of the texts in one file.
  package static func names(in file: TextFile) throws(SiteError) -> [String] {
    var entries: [String: Entry] = [:]
    try read(file, into: &entries)
    return entries.keys.sorted()
  }

  private static func check(_ entry: Entry, _ name: String, against english: [String: Entry]) throws(SiteError) {
    guard !openSections.contains(where: name.hasPrefix) else { return }
    guard let original = english[name] else {
      let nearest = Spelling.nearest(to: name, among: english.keys.sorted())
      throw .text(
        path: entry.path, line: entry.line, problem: "no text is called “\(name)”",
        advice: nearest.map { "did you mean “\($0)”?" } ?? "texts of your own must be in texts/en.yaml as well")
    }
    // What templates fill in is checked with the templates.
    guard TextName(rawValue: name) != nil || name.hasPrefix("script.") else { return }
    if let stray = entry.names.subtracting(original.names).min() {
      throw .text(
        path: entry.path, line: entry.line, problem: "“\(name)” has no value “\(stray)”",
        advice: original.names.isEmpty
          ? "it has none" : "it has \(original.names.sorted().map { "{\($0)}" }.joined(separator: " "))")
    }
  }

  private static func read(_ file: TextFile, into entries: inout [String: Entry]) throws(SiteError) {
    let root: Node?
    do {
      root = try YAMLText.root(of: file.yaml)
    } catch {
      throw .text(
        path: file.path, line: error.line, problem: "this is not YAML (\(error.problem))",
        advice: "put texts with “:” or “#” in quotes")
    }
    guard let root else { return }
    guard case .mapping(let mapping) = root else {
      throw .text(
        path: file.path, line: 1, problem: "this holds no texts", advice: "write lines such as “films: Filme”")
    }
    try read(mapping, under: "", of: file, into: &entries)
  }

  private static func read(
    _ mapping: Node.Mapping, under prefix: String, of file: TextFile, into entries: inout [String: Entry]
  ) throws(SiteError) {
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      let name = prefix + (key.string ?? "?")
      var forms: [PluralCategory: [Part]] = [:]
      var isPlural = false
      switch value {
      case .scalar(let scalar):
        forms[.other] = try parts(of: scalar.string, name: name, path: file.path, line: line)
      case .mapping(let inner) where inner.keys.contains { $0.string == "other" }:
        isPlural = true
        for (form, text) in inner {
          guard let category = form.string.flatMap(PluralCategory.init(rawValue:)), let text = text.scalar?.string
          else {
            throw .text(
              path: file.path, line: form.mark?.line ?? line, problem: "“\(form.string ?? "?")” is not a plural form",
              advice: "the forms are \(PluralCategory.allCases.map(\.rawValue).joined(separator: ", "))")
          }
          forms[category] = try parts(of: text, name: name, path: file.path, line: form.mark?.line ?? line)
        }
      case .mapping(let inner):
        guard prefix.utf8.count < 200 else {
          throw .text(path: file.path, line: line, problem: "“\(name)” is nested too deep", advice: "flatten it")
        }
        try read(inner, under: name + ".", of: file, into: &entries)
        continue
      default:
        throw .text(path: file.path, line: line, problem: "“\(name)” is not one text", advice: "write it on one line")
      }
      entries[name] = Entry(forms: forms, isPlural: isPlural, path: file.path, line: line)
    }
  }

  /// Words and `{names}`.
  private static func parts(of text: String, name: String, path: String, line: Int) throws(SiteError) -> [Part] {
    var parts: [Part] = []
    var rest = (text.last == "\n" ? text.trimmed : text)[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      if open > rest.startIndex { parts.append(.words(String(rest[..<open]))) }
      let inner = rest[rest.index(after: open)...]
      let value = inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
      guard rest[open] == "{", !value.isEmpty, inner[value.endIndex...].first == "}" else {
        throw .text(
          path: path, line: line, problem: "“\(name)” has a brace that names no value",
          advice: "write {name} for a value and no other braces")
      }
      parts.append(.value(String(value)))
      rest = inner[inner.index(after: value.endIndex)...]
    }
    if !rest.isEmpty { parts.append(.words(String(rest))) }
    return parts
  }
}
