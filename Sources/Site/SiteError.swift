/// Why a site cannot be rendered.
package enum SiteError: Error, Equatable {
  case folderUnreadable(path: String)
  case fileUnreadable(path: String)
  case templateNotUTF8(path: String)
  case templateMissing(name: String, folders: [String])
  case addressInvalid(url: String)
  case sizeNotPositive(name: String, value: Int)
  case pageNameTaken(name: String, path: String)
  case pageNamesMeet(name: String, paths: [String])
  case ownFileInTheWay(path: String)
  case ownFilesMeet(path: String, sources: [String])
  case secretTooShort(minimum: Int)
  case packedWithAccounts
  case templateNotPacked(path: String, tag: String)
  case languageUnknown(language: String, known: [String])
  case textMissing(name: String)
  case text(path: String, line: Int, problem: String, advice: String)
}

extension SiteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .folderUnreadable(let path): "\(path): the theme folder cannot be read; name a folder that exists"
    case .fileUnreadable(let path): "\(path): the file cannot be read; check its permissions"
    case .templateNotUTF8(let path): "\(path): the template is not UTF-8 text; save it as UTF-8"
    case .templateMissing(let name, let folders):
      "\(folders.first ?? "theme"): the theme has no \(name).mustache; add it or take it from the default theme"
    case .addressInvalid(let url):
      "url: “\(url)” is not the address of a site; write it like https://films.example/ without spaces or quotes"
    case .sizeNotPositive(let name, let value): "\(name): \(value) is too small; use 1 or more"
    case .pageNameTaken(let name, let path):
      "\(path): the address /\(name)/ is the site's own or none that every system can have; rename the file"
    case .pageNamesMeet(let name, let paths):
      "\(paths.joined(separator: " and ")) have one address, /\(name)/; rename one of them"
    case .ownFileInTheWay(let path):
      "\(path): the site has a page, a script, data or a folder of its own there; give the file another name"
    case .ownFilesMeet(let path, let sources):
      "\(sources.joined(separator: " and ")) would both be published as /\(path); rename one of them"
    case .secretTooShort(let minimum):
      "member-secret: unlisted members need a secret of \(minimum) characters or more; write a long random one"
    case .packedWithAccounts:
      "members: packed members cannot decide each for themselves who sees them, as accounts can; write members: public, "
        + "or take out endpoint:"
    case .templateNotPacked(let path, let tag):
      "\(path): \(tag) cannot be drawn by the page of packed members; write it with sections, names and {{> partials}}, "
        + "or set members: public"
    case .languageUnknown(let language, let known):
      "language: there are no texts for “\(language)”; use one of \(known.joined(separator: ", ")), or add "
        + "site-templates/texts/\(language).yaml"
    case .textMissing(let name):
      "texts/en.yaml: there is no text “\(name)”; add it or take the file from the default theme"
    case .text(let path, let line, let problem, let advice): "\(path):\(line): \(problem); \(advice)"
    }
  }
}
