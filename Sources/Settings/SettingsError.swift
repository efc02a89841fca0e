/// What is wrong with a site's settings, or with the folder that should have them.
package enum SettingsError: Error, Equatable {
  case noDistribution
  case noSite(folder: String)
  case noData(settings: String)
  case wrong(path: String, line: Int?, problem: String, advice: String)
  case notBuilt(folder: String)
  case noTarget(settings: String)
  case unknownTarget(String, known: [String])
}

extension SettingsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noDistribution:
      "Marquee's own theme was not found; set MARQUEE_HOME to the folder that contains site-templates/"
    case .noSite(let folder):
      "\(folder): is not a site (content/site.yaml is missing) and no --data was given; make one with: marquee new \(folder)"
    case .noData(let settings):
      "\(settings): names no data; add a line such as “data: [ratings]” or give --data PATH"
    case .wrong(let path, let line, let problem, let advice):
      "\(path)\(line.map { ":\($0)" } ?? ""): \(problem); \(advice)"
    case .notBuilt(let folder): "\(folder): has no built site yet; build it with: marquee build --site \(folder)"
    case .noTarget(let settings):
      "\(settings): names no target; add “deploy:” and, below it, a line such as “  - folder: /var/www/films”"
    case .unknownTarget(let word, let known):
      "no target is “\(word)”; the site's are \(known.joined(separator: ", "))"
    }
  }
}
