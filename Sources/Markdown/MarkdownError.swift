/// Why a Markdown page could not be read: its encoding or its front matter, for any text is Markdown.
package enum MarkdownError: Error, Equatable, Sendable {
  case notUTF8(path: String, line: Int)
  case otherFormat(path: String, line: Int, format: String)
  case unknownKey(path: String, line: Int, key: String, nearest: String?, known: [String])
  case unclosedFrontMatter(path: String, line: Int)
  case badYAML(path: String, line: Int, problem: String)
  case notAMapping(path: String, line: Int)
  case tooDeep(path: String, line: Int, limit: Int)
  case wrongType(path: String, line: Int, key: String, expected: String)
}

extension MarkdownError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notUTF8(let path, let line):
      "\(path):\(line): the file is not in UTF-8; save it in that encoding"
    case .otherFormat(let path, let line, let format):
      "\(path):\(line): the front matter is \(format), which is not read; write “key: value” lines between two lines “---”"
    case .unknownKey(let path, let line, let key, let nearest, let known):
      "\(path):\(line): no setting of a page is called “\(key)”; "
        + (nearest.map { "did you mean “\($0)”?" } ?? "known are \(known.joined(separator: ", "))")
    case .unclosedFrontMatter(let path, let line):
      "\(path):\(line): the front matter that begins here never ends; close it with a line “---”"
    case .badYAML(let path, let line, let problem):
      "\(path):\(line): the front matter is not YAML: \(problem); put texts with “:” or “#” in quotes"
    case .notAMapping(let path, let line):
      "\(path):\(line): the front matter is not a list of “key: value” lines; write it as one"
    case .tooDeep(let path, let line, let limit):
      "\(path):\(line): the front matter is nested more than \(limit) deep; flatten it"
    case .wrongType(let path, let line, let key, let expected):
      "\(path):\(line): “\(key)” is not \(expected); write one"
    }
  }
}
