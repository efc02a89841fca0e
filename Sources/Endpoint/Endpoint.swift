import Credentials
import HTTPTypes
import Hummingbird
import Logging
import Ratings
import Settings
import Site
import Store
import Synchronization

/// The state that requests can access: accounts, ratings, lists, builds.
final class Endpoint: Sendable {
  let site: SiteFolder
  let siteSettings: SiteSettings
  var settings: ServeSettings { siteSettings.serve }
  let store: RatingStore
  /// For reads.
  let work = BlockingWork(threads: 4)
  /// For writes: another writer blocks these, but no reads.
  let writes = BlockingWork(threads: 1)
  /// Reads large bodies, separately from the tasks that answer requests.
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
  /// The document at `/api/openapi.json`.
  let description: [UInt8]
  /// The site's own address, if the pages may be served by another host; nil if not set.
  let siteOrigin: WebOrigin?
  let listsOfAccount = RateLimit<Int64>(burst: 30, perSecond: 1)
  let searchesOfAddress = AddressLimit(burst: 60, perSecond: 5)
  let uploads = UploadPlaces()
  let connections: ConnectionCount
  let proxies: TrustedProxies
  private let hasToldOfProxies = Atomic(false)
  /// The last change of visibility that the rebuild queue has seen.
  private let notedPrivacy = Atomic(0)
  private let hasToldOfPrivacy = Atomic(false)
  /// Held while the server runs: two servers on one database would each assume to be the only writer.
  /// Released at shutdown, not when the last connection releases this.
  private let lock: Mutex<FolderLock?>

  /// - Throws: `EndpointError.alreadyServed`, `StoreError`, `SettingsError`.
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
    // Streams occupy connections: half of those are for other requests.
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

  /// The placeholder address of a site without one matches no origin.
  private static func origin(of url: String) -> WebOrigin? {
    guard let origin = WebOrigin(url), !["example.org", "example.com", "example.net"].contains(origin.host) else {
      return nil
    }
    return origin
  }

  /// Warns once about forwarding headers from an untrusted address: behind such a proxy all visitors
  /// share the limits of one.
  func noteUntrustedProxy(_ address: String) {
    guard !hasToldOfProxies.exchange(true, ordering: .relaxed) else { return }
    log.warning(
      "requests come with X-Forwarded headers from an address that is not in trusted-proxies: they are not believed",
      metadata: ["address": "\(address)"])
  }

  /// Background work of the server: builds, heartbeats, expiry.
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
          self.members.stopIfIdle()
          await self.accounts.removeEnded()
          await self.watchPrivacy()
          if seconds % 3600 == 0 { await self.forgetAnswers() }
        }
      }
    }
  }

  /// Corrects dates set by a wrong clock, before this start or until now.
  private func repairTimes() async {
    do {
      let count = try await writes.run { [store] in try store.repairTimes(now: AccountService.now) }
      guard count > 0 else { return }
      accounts.forgetSessions()
      log.warning("dates from a wrong clock were corrected", metadata: ["dates": "\(count)"])
    } catch {
      log.warning("dates could not be checked", metadata: ["reason": "\(error)"])
    }
  }

  private func lookUpProxies() async {
    await attempt("the addresses of proxies could not be looked up") {
      try await work.run { [proxies] in proxies.lookUp() }
    }
  }

  /// Idempotency keys are kept for a day.
  private func forgetAnswers() async {
    let yesterday = AccountService.now - 86_400
    await attempt("yesterday's idempotency keys could not be removed") {
      try await writes.run { [store] in try store.forgetAnsweredRequests(before: yesterday) }
    }
  }

  /// Background work: failures are logged.
  private func attempt(_ fault: Logger.Message, _ body: () async throws -> Void) async {
    do { try await body() } catch { log.warning(fault, metadata: ["reason": "\(error)"]) }
  }

  /// Detects members hidden or removed by `marquee user`: a build is needed, and their pages are removed at once.
  private func watchPrivacy() async {
    do {
      let now = try await privacy.reload(work)
      hasToldOfPrivacy.store(false, ordering: .relaxed)
      let isNews = now.changed > notedPrivacy.exchange(now.changed, ordering: .relaxed)
      if isNews, now.isPending { await rebuilds.noteChange() }
    } catch {
      // Once per outage.
      guard !hasToldOfPrivacy.exchange(true, ordering: .relaxed) else { return }
      log.error(
        "the database cannot be read for hidden members: until then, members' pages are not shown",
        metadata: ["reason": "\(error)"])
    }
  }

  /// Stops background work, and rejects queued work; requests in progress continue meanwhile.
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
