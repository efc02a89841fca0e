import Pipeline
import Ratings
import Store
import Synchronization

/// Whose pages are not for everybody.
final class MemberPrivacy: Sendable {
  private let store: RatingStore
  private let isPrivate: Bool
  private let unlisted = Mutex<Set<String>>([])

  init(store: RatingStore, settings: ServeSettings) {
    self.store = store
    isPrivate = settings.memberPages == .private
    unlisted.withLock { $0 = (try? Self.names(store, isPrivate: isPrivate)) ?? [] }
  }

  private static func names(_ store: RatingStore, isPrivate: Bool) throws -> Set<String> {
    let ids = isPrivate ? Set(try store.accounts().map(\.userID)) : try store.unlistedUsers()
    return Set(ids.map { MemberDesk.pageName(of: $0).lowercased() })
  }

  func reload(_ work: BlockingWork) async throws {
    let names = try await work.run { [store, isPrivate] in try Self.names(store, isPrivate: isPrivate) }
    unlisted.withLock { $0 = names }
  }

  /// The name of the member whose page or JSON a path is, if it is for nobody else.
  func hiddenMember(at path: SitePath) -> String? {
    let name: String
    if path.parts.count >= 2, path.parts[0] == "users" {
      name = path.parts[1]
    } else if path.parts.count == 3, path.parts[0] == "api", path.parts[1] == "users", path.parts[2].hasSuffix(".json")
    {
      name = String(path.parts[2].dropLast(5))
    } else {
      return nil
    }
    let folded = name.lowercased()
    return unlisted.withLock { $0.contains(folded) } ? folded : nil
  }
}
