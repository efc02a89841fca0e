import Pipeline
import Ratings
import Site
import Store
import Synchronization

/// Whose pages are not for everybody.
///
/// A build leaves out whom others may not see, so the published site does not have their files. From a change until a
/// build that knows it is published, the files of before are kept from everybody else by their names. What cannot be known
/// is not shown.
final class MemberPrivacy: Sendable {
  private struct State {
    /// Names in lower case whose files are kept from others.
    var kept: Set<String> = []
    /// Members by the exact names of their own pages.
    var members: [String: SourceID] = [:]
    var privacy = Privacy()
    /// Whom the published site may still mention; nil for nobody.
    var mentions: MemberMentions?
    /// Looks in a row that failed.
    var failures = 0
    /// When the last look began, in seconds of a steady clock.
    var lastLook = 0.0
  }

  private let store: RatingStore
  private let settings: SiteSettings
  private let state: Mutex<State>

  /// Seconds for which a look is good enough: what `marquee user` changes from the shell shows within so long.
  private static let freshness = 0.5

  /// So many looks may fail before nobody's page is shown.
  private static let mostFailures = 3

  /// - Throws: `StoreError`: a server that does not know whom to hide must not start.
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
      // Where the site does not list members, nobody sees the pages of others.
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

  /// Looks at the database.
  ///
  /// - Returns: what it says.
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

  /// Looks at the database again where the last look was some time ago: before an answer that could show somebody.
  func lookAgain(_ work: BlockingWork) async {
    let now = SteadyClock.seconds()
    let isDue = state.withLock { state in
      guard now - state.lastLook >= Self.freshness else { return false }
      // Of many requests one looks.
      state.lastLook = now
      return true
    }
    if isDue { _ = try? await reload(work) }
  }

  /// Whose accounts are gone although no published build knows: their files may be in the site.
  var removedMembers: Set<SourceID> {
    let privacy = state.withLock { $0.privacy }
    return privacy.isPending ? privacy.removed : []
  }

  /// Whom files that a build wrote must not mention any more.
  var mentions: MemberMentions? { state.withLock { $0.mentions } }

  /// The member whose page has a name, as far as the name alone tells.
  func id(named name: String) -> SourceID? {
    let id = SourceID(name)
    return settings.memberPage(of: id) == name ? id : nil
  }

  /// Whether the database could be asked lately.
  var isKnown: Bool { state.withLock { $0.failures < Self.mostFailures } }

  /// Whether the files at a member's path are not for everybody.
  func keeps(_ path: MemberPath) -> Bool {
    let folded = path.name.lowercased()
    return state.withLock { $0.kept.contains(folded) }
  }

  /// Whose own page or JSON a path is, which only they may see.
  func member(at path: MemberPath) -> SourceID? {
    state.withLock { state in state.members[path.name] ?? state.members[path.name.lowercased()] }
  }
}

/// A path below `users/`, or of a member's JSON.
struct MemberPath {
  enum Kind {
    case page, json
    /// The page's folder without the slash at the end.
    case folder
    case other
  }

  /// The member's, as the path has it.
  let name: String
  let kind: Kind

  /// Nil for other paths.
  init?(_ path: SitePath) {
    let parts = path.parts
    // Most paths are of films: they are told apart by a look at the length.
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
  /// Whether there are pages, or files, in which everybody finds members.
  fileprivate var areListed: Bool {
    switch self {
    case .shown, .packed: true
    case .unlisted, .absent: false
    }
  }
}
