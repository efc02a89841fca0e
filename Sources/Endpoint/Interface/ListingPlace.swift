/// The files of a site that can mention members.
enum ListingPlace {
  /// Pages and files of members, and lists of them.
  case members
  /// Site maps and feeds.
  case overview
  /// Texts that link to members only with the site's own theme.
  case elsewhere

  /// Nil for files that mention nobody: films, pictures, styles, scripts.
  init?(_ path: SitePath) {
    let parts = path.parts.map { $0.lowercased() }
    let last = parts.last ?? ""
    if parts.first == "users" || parts.starts(with: ["api", "users"]) {
      self = .members
    } else if last.hasPrefix("sitemap") || last.hasPrefix("feed") {
      self = .overview
    } else if path.isFolder || [".html", ".json", ".xml"].contains(where: { last.hasSuffix($0) }),
      !["assets", "share"].contains(parts.first ?? "")
    {
      self = .elsewhere
    } else {
      return nil
    }
  }
}
