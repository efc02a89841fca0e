import Platform
import Synchronization

/// The target of a request: its path, and what follows from it alone.
final class RequestTarget: Sendable {
  /// Below the site's own path.
  let path: SitePath
  /// The path of the file below the site's folder.
  let file: String
  /// Whether a route may answer it.
  let mayBeRoute: Bool
  /// The member whose file it is; nil for other files.
  let member: MemberPath?
  /// Whether the file can mention members; nil if it cannot.
  let place: ListingPlace?

  init(_ path: SitePath) {
    self.path = path
    file = (path.isFolder ? path.parts + ["index.html"] : path.parts).joined(separator: "/")
    mayBeRoute = Self.mayBeRoute(path)
    member = MemberPath(path)
    place = ListingPlace(path)
  }

  /// Whether the file is about members: what they change must be seen at once.
  var listsMembers: Bool { place == .members || place == .overview }

  /// A trailing slash means a folder, which only the pages of members are: to a proxy in front, `/metrics/` is
  /// another address than `/metrics`.
  private static func mayBeRoute(_ path: SitePath) -> Bool {
    guard let first = path.parts.first, Endpoint.firstParts.contains(first) else { return false }
    return !path.isFolder || first == "account"
  }
}

/// Parses targets, and remembers those of recent requests: parsing takes longer than sending a file from memory.
final class RequestTargets: Sendable {
  /// The site's folder on its host.
  private let base: [String]
  /// By the text of the target.
  private let known = Mutex<[String: RequestTarget]>([:])

  /// The limits of what is remembered: together some megabytes.
  private static let (most, longest) = (4096, 256)

  /// - Parameter base: the path of the site on its host, such as `/films/`.
  init(base: String) {
    self.base = base.split(separator: "/").map { PercentEncoding.validText(of: $0.utf8) ?? String($0) }
  }

  /// - Parameter text: as in the request, such as `/movies/1-toy-story/`.
  /// - Returns: nil if invalid.
  func target(_ text: String) -> RequestTarget? {
    if let target = known.withLock({ $0[text] }) { return target }
    guard var path = SitePath(target: text) else { return nil }
    path.drop(base)
    let target = RequestTarget(path)
    // Queries differ without end.
    guard path.query == nil, text.utf8.count <= Self.longest else { return target }
    known.withLock {
      if $0.count >= Self.most { $0.removeAll(keepingCapacity: true) }
      $0[text] = target
    }
    return target
  }
}
