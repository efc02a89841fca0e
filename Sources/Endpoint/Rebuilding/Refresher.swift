import Logging
import Members
import Ratings
import Store

/// Writes the pages of members whose ratings have changed, one after the other, once for all pending changes of each.
actor Refresher {
  private let service: MemberService
  private let events: EventHub
  private let metrics: Metrics
  private let log: Logger
  /// In the order of their first change.
  private var waiting: [Account] = []
  private var isRunning = false
  private var isStopped = false
  /// Those whose ratings changed since the running build read the database: the build does not include them.
  private var sinceBuild: [Int64: Account] = [:]
  private var watchers: [CheckedContinuation<Void, Never>] = []

  init(service: MemberService, events: EventHub, metrics: Metrics, log: Logger) {
    self.service = service
    self.events = events
    self.metrics = metrics
    self.log = log
  }

  func add(_ accounts: [Account]) {
    for account in accounts {
      sinceBuild[account.id] = account
      enqueue(account)
    }
  }

  /// A member left: their page is not rendered again.
  func forget(_ account: Account) {
    waiting.removeAll { $0.id == account.id }
    sinceBuild[account.id] = nil
  }

  /// On shutdown: pending members get their pages with the next build.
  func stop() { isStopped = true }

  private func enqueue(_ account: Account) {
    if !waiting.contains(where: { $0.id == account.id }) { waiting.append(account) }
    guard !isRunning else { return }
    isRunning = true
    Task { await run() }
  }

  /// A build starts, which will include all ratings so far.
  func buildBegins() { sinceBuild.removeAll() }

  /// A build was published: pages of members who rated meanwhile are out of date.
  func buildEnded() { for account in sinceBuild.values { enqueue(account) } }

  /// Refreshes a member and waits until it is done.
  func refresh(_ account: Account) async {
    enqueue(account)
    guard isRunning else { return }
    await withCheckedContinuation { watchers.append($0) }
  }

  private func run() async {
    while !waiting.isEmpty, !isStopped {
      let account = waiting.removeFirst()
      let start = ContinuousClock.now
      do {
        let answer = try await service.ask(MemberQuestion(.refresh, id: account.userID.description))
        if let fault = answer.fault {
          log.warning("a page could not be refreshed", metadata: ["fault": "\(fault)", "reason": "\(answer.text)"])
        } else {
          metrics.recordRefresh(seconds: (ContinuousClock.now - start) / .seconds(1))
          events.send(
            SiteEvent(name: "list", data: "{}", account: account.id))
        }
      } catch  where isStopped {
        break
      } catch {
        log.warning("a page could not be refreshed", metadata: ["reason": "\(error)"])
      }
    }
    isRunning = false
    for watcher in watchers { watcher.resume() }
    watchers = []
  }
}
