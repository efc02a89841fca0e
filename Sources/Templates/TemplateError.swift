/// Why templates could not be compiled, or may not be rendered with a page model.
public enum TemplateError: Error, Equatable, Sendable {
  /// All that is wrong, in the order of the templates' text.
  case faults([TemplateFault])
  case unknownTemplate(name: String, nearest: String?)
  case sameName(name: String, paths: [String])
}

/// One tag that is wrong, and where it stands.
public struct TemplateFault: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case unclosedTag(delimiter: String)
    case emptyTag
    case badName(String)
    case badDelimiters(String)
    case unclosedSection(String)
    case strayClosing(String)
    case wrongClosing(String, open: String, line: Int)
    case notInParent(String, parent: String)
    case tooDeep(limit: Int)
    case unknownPartial(String, nearest: String?)
    case unknownBlock(String, parent: String, nearest: String?)
    case undeclared(String, model: String, nearest: String?)
    case notPrintable(String, model: String, kind: String)
    case unescaped(String, model: String)
    case endlessRecursion(String)
  }

  public let path: String
  /// From 1.
  public let line: Int
  /// Of the tag's first delimiter, in Unicode scalars from 1.
  public let column: Int
  public let kind: Kind
}

extension TemplateError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .faults(let faults):
      faults.map(\.description).joined(separator: "\n")
    case .unknownTemplate(let name, let nearest):
      "no template is called “\(name)”\(suggestion(nearest) ?? "; add \(name).mustache to the theme")"
    case .sameName(let name, let paths):
      "\(paths.last ?? name): another template is called “\(name)”, \(paths.first ?? ""); rename one"
    }
  }
}

extension TemplateFault: CustomStringConvertible {
  public var description: String { "\(path):\(line):\(column): \(words)" }

  private var words: String {
    switch kind {
    case .unclosedTag(let delimiter): "this tag never ends; close it with \(delimiter)"
    case .emptyTag: "this tag names nothing; give it a name or take it out"
    case .badName(let name): "“\(name)” is not a name; a name has no spaces and no empty part between its dots"
    case .badDelimiters(let text): "“\(text)” are no delimiters; write two of them, apart by a space and without “=”"
    case .unclosedSection(let name): "“\(name)” is opened here and never closed; add {{/\(name)}}"
    case .strayClosing(let name): "{{/\(name)}} closes nothing; take it out or open “\(name)” before it"
    case .wrongClosing(let name, let open, let line):
      "{{/\(name)}} stands where {{/\(open)}} must, since “\(open)” of line \(line) is still open; close that first"
    case .notInParent(let name, let parent):
      "“\(name)” would never be rendered; inside {{<\(parent)}} put it into a block, {{$block}}…{{/block}}"
    case .tooDeep(let limit): "sections are nested more than \(limit) deep; move the inner ones into a partial"
    case .unknownPartial(let name, let nearest):
      "no template is called “\(name)”\(suggestion(nearest) ?? "; add it to the theme")"
    case .unknownBlock(let name, let parent, let nearest):
      "“\(parent)” has no block “\(name)”\(suggestion(nearest) ?? "; what it holds would never be rendered")"
    case .undeclared(let name, let model, let nearest):
      "\(model) declares no “\(name)”\(suggestion(nearest) ?? "; declare it in the page model or take it out")"
    case .notPrintable(let name, let model, let kind):
      "“\(name)” of \(model) is \(kind), which prints nothing; open a section, {{#\(name)}}…{{/\(name)}}"
    case .unescaped(let name, let model):
      "“\(name)” of \(model) is not trusted HTML and must be escaped; write {{\(name)}}"
    case .endlessRecursion(let name):
      "“\(name)” would include itself without end; its inner items need names that end it"
    }
  }
}

private func suggestion(_ nearest: String?) -> String? { nearest.map { "; did you mean “\($0)”?" } }
