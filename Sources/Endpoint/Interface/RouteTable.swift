import HTTPTypes
import Hummingbird

/// One thing that the endpoint can be asked.
struct Route: Sendable {
  let method: HTTPRequest.Method
  /// Such as `/api/ratings/{movie}`; a part in braces stands for any one part.
  let path: String
  let handler: @Sendable (Exchange) async throws -> Response

  init(
    _ method: HTTPRequest.Method, _ path: String, _ handler: @escaping @Sendable (Exchange) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.handler = handler
  }
}

/// The routes by their paths. What none of them knows is a file of the site.
struct RouteTable: Sendable {
  private struct Entry: Sendable {
    let parts: [Substring]
    var handlers: [HTTPRequest.Method: @Sendable (Exchange) async throws -> Response]
  }

  /// Entries by the first part and the number of parts.
  private var entries: [String: [Entry]] = [:]

  init(_ routes: [Route]) {
    for route in routes {
      let parts = route.path.split(separator: "/")
      let key = Self.key(parts.first.map(String.init) ?? "", parts.count)
      if let index = entries[key]?.firstIndex(where: { $0.parts == parts }) {
        entries[key]?[index].handlers[route.method] = route.handler
      } else {
        entries[key, default: []].append(Entry(parts: parts, handlers: [route.method: route.handler]))
      }
    }
  }

  private static func key(_ first: String, _ count: Int) -> String { "\(count)/\(first)" }

  /// What answers at a path, by method, and the parts that stand for the braces; nil for a file.
  func match(_ path: SitePath) -> (
    handlers: [HTTPRequest.Method: @Sendable (Exchange) async throws -> Response], parameters: [String]
  )? {
    // A slash at the end is that of a folder, which only the pages of members are: to a proxy in front, `/metrics/` is
    // another address than `/metrics`.
    guard let first = path.parts.first, !path.isFolder || first == "account",
      let candidates = entries[Self.key(first, path.parts.count)]
    else { return nil }
    for entry in candidates {
      var parameters: [String] = []
      var isMatch = true
      for (pattern, part) in zip(entry.parts, path.parts) {
        if pattern.first == "{" {
          parameters.append(part)
        } else if pattern != part {
          isMatch = false
          break
        }
      }
      if isMatch { return (entry.handlers, parameters) }
    }
    return nil
  }

  /// The first parts of paths, all of which a request must have to be one for a route.
  var firstParts: Set<String> {
    Set(entries.values.flatMap { $0 }.compactMap { $0.parts.first.map(String.init) })
  }
}
