import Foundation
import Logging
import Settings
import Store

/// Builds the site when enough has changed: after a quiet period or a maximum wait, one build at a time, with lower priority than everything
/// else. A build is a separate process that publishes the site atomically.
actor RebuildQueue {
  enum State: String, InterfaceChoice, Encodable {
    case idle, waiting, running
  }

  private let site: SiteFolder
  private let store: RatingStore
  private let settings: ServeSettings
  /// The kind of build if no training is due.
  private let rebuild: Rebuild
  private let work: BlockingWork
  private let refresher: Refresher
  private let events: EventHub
  private let metrics: Metrics
  private let log: Logger
  /// The times of the first and the last change that no build includes; nil for none.
  private var firstChange: ContinuousClock.Instant?
  private var lastChange: ContinuousClock.Instant?
  private var isAsked = false
  private var child: ChildProcess?
  private var isRunning = false
  private var isStopped = false
  private var lastStage = ""
  /// Consecutive failed builds: the next one waits longer.
  private var failures = 0

  init(
    site: SiteFolder, store: RatingStore, settings: ServeSettings, rebuild: Rebuild, work: BlockingWork,
    refresher: Refresher, events: EventHub, metrics: Metrics, log: Logger
  ) {
    self.site = site
    self.store = store
    self.settings = settings
    self.rebuild = rebuild
    self.work = work
    self.refresher = refresher
    self.events = events
    self.metrics = metrics
    self.log = log
  }

  var state: State { isRunning ? .running : isAsked || firstChange != nil ? .waiting : .idle }
  var stage: String { lastStage }

  func noteChange() {
    let now = ContinuousClock.now
    if firstChange == nil { firstChange = now }
    lastChange = now
  }

  /// The owner requests a build, now or after the running one.
  func ask() { isAsked = true }

  /// Checks every second whether a build is due, until the task is cancelled.
  func run() async {
    let counts = await lookUpCounts()
    // Ratings submitted before a stop and never built.
    if let counts, counts.submitted > counts.built { noteChange() }
    var nextLook = ContinuousClock.now
    while !Task.isCancelled, !isStopped {
      if isDue { await build() }
      // Training with folded-in ratings happens when it is due, even if no others follow.
      // Changes by `marquee user` from the shell are built as well.
      if .now >= nextLook {
        nextLook = .now + .seconds(60)
        let counts = await lookUpCounts()
        let isTraining = counts.map {
          rebuild == .quick && Self.needsTraining($0, settings: settings, now: AccountService.now)
        }
        if isTraining == true || counts.map({ $0.submitted > $0.built }) == true, state == .idle { noteChange() }
      }
      do { try await Task.sleep(for: .milliseconds(500)) } catch { break }
    }
  }

  private var isDue: Bool {
    if isAsked { return true }
    guard let firstChange, let lastChange else { return false }
    let now = ContinuousClock.now
    let pause = settings.rebuildQuiet << min(failures, 6)
    return now - lastChange >= .seconds(pause) || failures == 0 && now - firstChange >= .seconds(settings.rebuildWait)
  }

  private func build() async {
    isAsked = false
    firstChange = nil
    isRunning = true
    lastStage = "start"
    defer {
      isRunning = false
      child = nil
    }
    let start = Date()
    await refresher.buildBegins()
    let counts = await lookUpCounts()
    let isTraining =
      rebuild == .exact || Self.needsTraining(counts, settings: settings, now: AccountService.now)
    events.send(SiteEvent(name: "build", data: #"{"state":"started"}"#))
    log.info("build started", metadata: ["training": "\(isTraining)"])
    var outcome = "failed"
    var message = ""
    do {
      let child = try ChildProcess(
        [
          "build", "--site", site.path, "--rebuild", (isTraining ? Rebuild.exact : .quick).rawValue, "--progress",
          "json",
        ],
        priority: .idle,
        readsErrors: true)
      self.child = child
      // Lines that are not progress explain errors.
      for await line in Self.lines(of: child.errors ?? child.output) {
        guard let progress = BuildProgressLine(line: line) else {
          message = line
          continue
        }
        if progress.event == .finished, let stage = progress.stage {
          lastStage = stage.rawValue
          events.send(SiteEvent(name: "build", data: #"{"state":"running","stage":"\#(stage.rawValue)"}"#))
        }
      }
      let status = try await work.run { child.wait() }
      outcome = status == 0 ? "succeeded" : status < 0 ? "interrupted" : "failed"
    } catch {
      message = "\(error)"
    }
    metrics.recordBuild(outcome)
    let seconds = Date().timeIntervalSince(start)
    switch outcome {
    case "succeeded":
      failures = 0
      if let counts {
        await note("the changes in a build could not be recorded: they are built again") { store in
          try store.recordBuilt(count: counts.submitted, isTraining: isTraining, now: AccountService.now)
        }
      }
      await refresher.buildEnded()
    case "interrupted":
      // The build could not record this itself.
      await note("a build that was stopped could not be recorded") { store in
        try store.recordBuild(
          Store.Build(
            started: Int(start.timeIntervalSince1970), finished: AccountService.now, version: Distribution.version,
            quality: "", outcome: .interrupted, message: "stopped while it ran"))
      }
      if !isStopped { noteChange() }
    default:
      failures += 1
      noteChange()
    }
    let level: Logger.Level = outcome == "succeeded" ? .info : .error
    log.log(
      level: level, "build \(outcome)",
      metadata: ["seconds": "\((seconds * 10).rounded() / 10)", "reason": outcome == "failed" ? "\(message)" : ""])
    events.send(SiteEvent(name: "build", data: #"{"state":"\#(outcome)"}"#))
  }

  /// Writes to the database in the background: failures are logged.
  private func note(_ fault: Logger.Message, _ body: @escaping @Sendable (RatingStore) throws -> Void) async {
    do { try await work.run { [store] in try body(store) } } catch {
      log.error(fault, metadata: ["reason": "\(error)"])
    }
  }

  private func lookUpCounts() async -> SubmissionCounts? {
    do {
      return try await work.run { [store] in try store.submissionCounts() }
    } catch {
      log.warning("the database could not be read for changes to build", metadata: ["reason": "\(error)"])
      return nil
    }
  }

  /// Whether the models should be trained again: after some time, or because a share of the ratings is new.
  static func needsTraining(_ counts: SubmissionCounts?, settings: ServeSettings, now: Int) -> Bool {
    guard let counts else { return true }
    let new = counts.submitted - counts.trained
    guard new > 0 else { return false }
    if settings.retrainHours > 0, now - counts.trainedTime >= settings.retrainHours * 3600 { return true }
    return settings.retrainShare > 0 && new * 100 >= settings.retrainShare * max(1, counts.ratings)
  }

  /// Stops a running build; the site stays as it is.
  func stop() async {
    isStopped = true
    guard let child else { return }
    child.stop()
    // A build that does not end at once may be killed: it publishes the site atomically.
    for _ in 0..<20 where isRunning { try? await Task.sleep(for: .milliseconds(100)) }
    if isRunning { child.end() }
    for _ in 0..<10 where isRunning { try? await Task.sleep(for: .milliseconds(100)) }
  }

  /// The lines of a pipe until it closes.
  private static func lines(of pipe: PipeEnd) -> AsyncStream<String> {
    AsyncStream { continuation in
      let thread = Thread {
        var rest = Data()
        while true {
          let block = pipe.read()
          if block.isEmpty { break }
          rest += block
          while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            continuation.yield(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
            rest = Data(rest[rest.index(after: end)...])
          }
        }
        if !rest.isEmpty { continuation.yield(String(decoding: rest, as: UTF8.self)) }
        continuation.finish()
      }
      thread.start()
    }
  }
}
