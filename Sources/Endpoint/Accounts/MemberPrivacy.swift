import Pipeline
import Ratings
import Site
import Store
import Synchronization

/// Whose pages are not for everybody.
final class MemberPrivacy: Sendable {
  private let store: RatingStore
  private let settings: SiteSettings
  private let unlisted = Mutex<Set<String>>([])

  init(store: RatingStore, settings: SiteSettings) {
    self.store = store
    self.settings = settings
    unlisted.withLock { $0 = (try? Self.names(store, settings: settings)) ?? [] }
  }

  /// Where the site lists members, each decides; where it does not, nobody sees the pages of others.
  private static func names(_ store: RatingStore, settings: SiteSettings) throws -> Set<String> {
    let ids =
      settings.site.members == .shown ? try store.unlistedUsers() : Set(try store.accounts().map(\.userID))
    return Set(ids.compactMap { settings.memberPage(of: $0)?.lowercased() })
  }

  func reload(_ work: BlockingWork) async throws {
    let names = try await work.run { [store, settings] in try Self.names(store, settings: settings) }
    unlisted.withLock { $0 = names }
  }

  /// The name of the member whose page or JSON a path is, if it is for nobody else.
  func hiddenMember(at path: SitePath) -> String? {
    let name: String
    if path.parts.count >= 2, path.parts[0] == "users" {
      name = path.parts[1]
    } else if path.parts.count == 3, path.parts[0] == "api", path.parts[1] == "users",
      let suffix = [".json", ".json.gz"].first(where: { path.parts[2].lowercased().hasSuffix($0) })
    {
      name = String(path.parts[2].dropLast(suffix.count))
    } else {
      return nil
    }
    let folded = name.lowercased()
    return unlisted.withLock { $0.contains(folded) } ? folded : nil
  }
}
