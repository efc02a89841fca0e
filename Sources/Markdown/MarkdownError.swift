/// Why a Markdown page could not be read: always its front matter, for any text is Markdown.
public enum MarkdownError: Error, Equatable, Sendable {
  case unclosedFrontMatter(path: String)
  case badYAML(path: String, line: Int, problem: String)
  case notAMapping(path: String, line: Int)
  case tooDeep(path: String, line: Int, limit: Int)
  case wrongType(path: String, line: Int, key: String, expected: String)
}

extension MarkdownError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unclosedFrontMatter(let path):
      "\(path):1: the front matter that begins here never ends; close it with a line “---”"
    case .badYAML(let path, let line, let problem):
      "\(path):\(line): the front matter is no YAML: \(problem); put texts with “:” or “#” in quotes"
    case .notAMapping(let path, let line):
      "\(path):\(line): the front matter is no list of “key: value” lines; write it so"
    case .tooDeep(let path, let line, let limit):
      "\(path):\(line): the front matter is nested more than \(limit) deep; flatten it"
    case .wrongType(let path, let line, let key, let expected):
      "\(path):\(line): “\(key)” is not \(expected); write one"
    }
  }
}
