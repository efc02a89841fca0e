import Credentials
import HTTPTypes
import Hummingbird
import Logging
import Pipeline
import Ratings
import Site
import Store
import Synchronization

/// Everything that a request can reach: accounts, ratings, lists, builds.
final class Endpoint: Sendable {
  let site: SiteFolder
  let siteSettings: SiteSettings
  var settings: ServeSettings { siteSettings.serve }
  let store: RatingStore
  /// Looks something up.
  let work = BlockingWork(threads: 4)
  /// Changes something: one writer elsewhere keeps these waiting, and nobody who reads.
  let writes = BlockingWork(threads: 1)
  /// Reads large bodies apart from the tasks that answer everybody.
  let parsing = BlockingWork(threads: 1, isBehindAnswers: true)
  let metrics: Metrics
  let log: Logger
  let events: EventHub
  let accounts: AccountService
  let ratings: RatingService
  let members: MemberService
  let refresher: Refresher
  let rebuilds: RebuildQueue
  let privacy: MemberPrivacy
  let pages: AccountPages
  /// What `/api/openapi.json` says.
  let description: [UInt8]
  /// The site's own address, where the pages may be served by somebody else; nil where the settings have none.
  let siteOrigin: WebOrigin?
  let listsOfAccount = RateLimit<Int64>(burst: 30, perSecond: 1)
  let searchesOfAddress = AddressLimit(burst: 60, perSecond: 5)
  let uploads = UploadPlaces()
  let connections: ConnectionCount
  let proxies: TrustedProxies
  private let hasToldOfProxies = Atomic(false)
  /// How much of the changes of whom others may see the rebuild queue has heard.
  private let notedPrivacy = Atomic(0)
  private let hasToldOfPrivacy = Atomic(false)
  /// Held as long as the server runs: two servers on one database would each believe they are the only writer.
  /// Let go of at the stop, not when the last connection has forgotten this.
  private let lock: Mutex<FolderLock?>

  /// - Throws: `EndpointError.alreadyServed`, `StoreError`, `PipelineError`.
  init(
    site: SiteFolder, siteSettings: SiteSettings, metrics: Metrics, connections: ConnectionCount,
    proxies: TrustedProxies, log: Logger
  ) throws {
    self.site = site
    self.siteSettings = siteSettings
    let settings = siteSettings.serve
    self.metrics = metrics
    self.connections = connections
    self.proxies = proxies
    self.log = log
    // Streams keep their connections: half of those are for everybody else.
    events = EventHub(mostListeners: min(1000, max(1, connections.limit / 2)))
    do {
      lock = Mutex(try FolderLock(path: site.serveLock))
    } catch StoreError.inUse(_, let holder) {
      throw EndpointError.alreadyServed(database: site.database, holder: holder)
    }
    site.keepStatePrivate()
    store = try RatingStore(path: site.database, busyTimeout: 20, durability: .full)
    siteOrigin = Self.origin(of: siteSettings.site.url)
    members = MemberService(site: site.path)
    refresher = Refresher(service: members, events: events, metrics: metrics, log: log)
    rebuilds = RebuildQueue(
      site: site, store: store, settings: settings, rebuild: siteSettings.rebuild, work: work, refresher: refresher,
      events: events, metrics: metrics, log: log)
    accounts = try AccountService(
      store: store, settings: settings, areListed: siteSettings.site.members == .shown, work: work, writes: writes)
    ratings = try RatingService(store: store, settings: settings, work: work, metrics: metrics) {
      [refresher, rebuilds] accounts in
      Task {
        await refresher.add(accounts)
        await rebuilds.noteChange()
      }
    }
    privacy = try MemberPrivacy(store: store, settings: siteSettings)
    pages = try AccountPages(site: site, settings: siteSettings, scale: ratings.scale)
    description = try OpenAPI(Self.routes, version: Distribution.version, scale: ratings.scale).json()
  }

  /// An address that stands for one that was never set is nobody's.
  private static func origin(of url: String) -> WebOrigin? {
    guard let origin = WebOrigin(url), !["example.org", "example.com", "example.net"].contains(origin.host) else {
      return nil
    }
    return origin
  }

  /// Says once that somebody tells for whom they ask, and nobody believes it: with a proxy in front all of its visitors
  /// share the limits of one.
  func noteUntrustedProxy(_ address: String) {
    guard !hasToldOfProxies.exchange(true, ordering: .relaxed) else { return }
    log.warning(
      "requests come with X-Forwarded headers from an address that is not in trusted-proxies: they are not believed",
      metadata: ["address": "\(address)"])
  }

  /// Work that goes on while the server runs: builds, heart beats, the end of what has expired.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.rebuilds.run() }
      group.addTask {
        var seconds = 0
        var clock = ClockWatch()
        await self.repairTimes()
        await self.removeLeftFiles()
        while !Task.isCancelled {
          do { try await Task.sleep(for: .seconds(5)) } catch { return }
          seconds += 5
          if clock.hasJumped() { await self.repairTimes() }
          if seconds % 15 == 0 { self.events.sendHeartbeat() }
          if seconds % 60 == 0 { await self.lookUpProxies() }
          self.members.rest()
          await self.accounts.removeEnded()
          await self.watchPrivacy()
          if seconds % 3600 == 0 { await self.forgetAnswers() }
        }
      }
    }
  }

  /// Mends what was dated by a clock that was wrong, before this start or until a moment ago.
  private func repairTimes() async {
    do {
      let count = try await writes.run { [store] in try store.repairTimes(now: AccountService.now) }
      guard count > 0 else { return }
      accounts.forgetSessions()
      log.warning("dates of a clock that was wrong were mended", metadata: ["dates": "\(count)"])
    } catch {
      log.warning("dates could not be looked through", metadata: ["reason": "\(error)"])
    }
  }

  private func lookUpProxies() async {
    await attempt("the addresses of proxies could not be looked up") {
      try await work.run { [proxies] in proxies.lookUp() }
    }
  }

  /// Requests are told apart from their repetitions for a day.
  private func forgetAnswers() async {
    let yesterday = AccountService.now - 86_400
    await attempt("requests of yesterday could not be forgotten") {
      try await writes.run { [store] in try store.forgetAnsweredRequests(before: yesterday) }
    }
  }

  /// What no answer waits for: where it fails, the log says so.
  private func attempt(_ fault: Logger.Message, _ body: () async throws -> Void) async {
    do { try await body() } catch { log.warning(fault, metadata: ["reason": "\(error)"]) }
  }

  /// Notices whom `marquee user` hid or removed: a build must know, and their pages go at once.
  private func watchPrivacy() async {
    do {
      let now = try await privacy.reload(work)
      hasToldOfPrivacy.store(false, ordering: .relaxed)
      let isNews = now.changed > notedPrivacy.exchange(now.changed, ordering: .relaxed)
      if isNews, now.isPending { await rebuilds.noteChange() }
    } catch {
      // Once for each time that it cannot be known.
      guard !hasToldOfPrivacy.exchange(true, ordering: .relaxed) else { return }
      log.error(
        "the database does not say who must not be seen: until it does, pages of members are not shown",
        metadata: ["reason": "\(error)"])
    }
  }

  /// Ends what answers do not wait for, and refuses what has not begun; requests under way go on meanwhile.
  func prepareStop() async {
    events.close()
    parsing.stop()
    accounts.stop()
    await refresher.stop()
    await rebuilds.stop()
  }

  func stop() async {
    await prepareStop()
    await members.stop()
    lock.withLock { $0 = nil }
  }
}
