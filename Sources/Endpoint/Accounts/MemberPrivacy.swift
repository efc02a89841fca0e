import Members
import Ratings
import Settings
import Site
import Store
import Synchronization

/// The members whose pages are not public.
///
/// A build leaves out hidden members, so the published site does not have their files. From a change until a
/// build with it is published, access to the old files is blocked by name. While the state is unknown,
/// nothing is shown.
final class MemberPrivacy: Sendable {
  private struct State {
    /// Names in lower case whose files are blocked for others.
    var kept: Set<String> = []
    /// Members by the exact names of their own pages.
    var members: [String: SourceID] = [:]
    var privacy = Privacy()
    /// Hidden members whom the published site may still mention; nil if there are none.
    var mentions: MemberMentions?
    /// Consecutive failed checks.
    var failures = 0
    /// The start of the last check, in seconds of a monotonic clock.
    var lastLook = 0.0
  }

  private let store: RatingStore
  private let settings: SiteSettings
  private let state: Mutex<State>

  /// Seconds for which a check is valid: changes by `marquee user` from the shell take effect within this time.
  private static let freshness = 0.5

  /// This many checks may fail before no member's page is shown.
  private static let mostFailures = 3

  /// - Throws: `StoreError`: a server that does not know the hidden members must not start.
  init(store: RatingStore, settings: SiteSettings) throws {
    self.store = store
    self.settings = settings
    state = Mutex(try Self.state(store, settings: settings))
  }

  private static func state(_ store: RatingStore, settings: SiteSettings) throws -> State {
    var state = State()
    state.privacy = try store.privacy()
    state.lastLook = SteadyClock.seconds()
    let own: Set<SourceID>
    if settings.site.members.areListed {
      own = state.privacy.unlisted
      if state.privacy.isPending { state.kept = names(own.union(state.privacy.removed), settings) }
    } else {
      // If the site does not list members, nobody sees the pages of others.
      own = Set(try store.accounts().map(\.userID))
      state.kept = names(own.union(state.privacy.removed), settings)
    }
    if state.privacy.isPending {
      let hidden = settings.site.members.areListed ? own.union(state.privacy.removed) : state.privacy.removed
      state.mentions = MemberMentions(hidden.flatMap { settings.memberPages(of: $0) + [$0.description] })
    }
    for id in own { if let name = settings.memberPage(of: id) { state.members[name] = id } }
    return state
  }

  private static func names(_ ids: Set<SourceID>, _ settings: SiteSettings) -> Set<String> {
    Set(ids.flatMap { settings.memberPages(of: $0) }.map { $0.lowercased() })
  }

  /// Reads the database.
  ///
  /// - Returns: its state.
  @discardableResult
  func reload(_ work: BlockingWork) async throws -> Privacy {
    do {
      let new = try await work.run { [store, settings] in try Self.state(store, settings: settings) }
      state.withLock { if $0.lastLook <= new.lastLook { $0 = new } }
      return new.privacy
    } catch {
      state.withLock { $0.failures += 1 }
      throw error
    }
  }

  /// Reads the database again if the last check is too old: before a response that could show a member.
  func lookAgain(_ work: BlockingWork) async {
    let now = SteadyClock.seconds()
    let isDue = state.withLock { state in
      guard now - state.lastLook >= Self.freshness else { return false }
      // Of many concurrent requests only one reads.
      state.lastLook = now
      return true
    }
    if isDue { _ = try? await reload(work) }
  }

  /// Removed accounts that the published build still includes: their files may be in the site.
  var removedMembers: Set<SourceID> {
    let privacy = state.withLock { $0.privacy }
    return privacy.isPending ? privacy.removed : []
  }

  /// Members whom the build's files must no longer mention.
  var mentions: MemberMentions? { state.withLock { $0.mentions } }

  /// The member with a page of this name.
  func id(named name: String) -> SourceID? {
    let id = SourceID(name)
    return settings.memberPage(of: id) == name ? id : nil
  }

  /// Whether the database was readable recently.
  var isKnown: Bool { state.withLock { $0.failures < Self.mostFailures } }

  /// Whether the files at a member's path are not public.
  func keeps(_ path: MemberPath) -> Bool {
    let folded = path.name.lowercased()
    return state.withLock { $0.kept.contains(folded) }
  }

  /// The member whose private page or JSON is at a path.
  func member(at path: MemberPath) -> SourceID? {
    state.withLock { state in state.members[path.name] ?? state.members[path.name.lowercased()] }
  }
}

/// A path below `users/`, or of a member's JSON.
struct MemberPath {
  enum Kind {
    case page, json
    /// The page's folder without a trailing slash.
    case folder
    case other
  }

  /// The member's name, as in the path.
  let name: String
  let kind: Kind

  /// Nil for other paths.
  init?(_ path: SitePath) {
    let parts = path.parts
    // Most paths are films: they are distinguished by their length.
    guard parts.count >= 2, [3, 5].contains(parts[0].utf8.count) else { return nil }
    let first = parts[0].lowercased()
    if first == "users" {
      name = parts[1]
      kind =
        parts.count == 2
        ? (path.isFolder ? .page : .folder)
        : parts.count == 3 && parts[2] == "index.html" && !path.isFolder ? .page : .other
    } else if first == "api", parts.count == 3, parts[1].lowercased() == "users",
      let suffix = [".json", ".json.gz", ".json.br"].first(where: { parts[2].lowercased().hasSuffix($0) })
    {
      name = String(parts[2].dropLast(suffix.count))
      kind = suffix == ".json" && !path.isFolder ? .json : .other
    } else {
      return nil
    }
  }
}

extension SiteConfiguration.Members {
  /// Whether members are in public pages or files.
  fileprivate var areListed: Bool {
    switch self {
    case .shown, .packed: true
    case .unlisted, .absent: false
    }
  }
}
