package import Content
import Platform
import Precompute
import Ratings
import Settings
import Site
import Synchronization

import class Foundation.Thread

/// A site as its files are at this moment, for an owner who edits it and looks at it in a browser.
///
/// What pages are made from stays in memory. A change of a template, a text, an asset, a page or a setting makes a new
/// `Website` of it, and only those pages are rendered that somebody asks for. When nothing has changed for a while, a
/// build brings the published site up to it; a change of ratings or models is built at once.
package final class LiveSite: EditedSite {
  private struct State {
    var shown: ShownSite?
    var pages: (key: UInt64, pages: Precomputed)?
    /// What keeps the site from being shown as its files are, and what kept it from being built.
    var renderFault: SiteFault?
    var buildFault: SiteFault?
    /// The fingerprint of what the last build here read, whatever became of it.
    var tried: UInt64?
    /// What is watched.
    var sources: [String] = []
    var isBuilding = false
    /// Whether a build has ended that nobody has looked at yet.
    var hasBuilt = false
    var isStopped = false
  }

  private enum Next: Equatable { case nothing, buildWhenQuiet, build }

  private let options: BuildOptions
  private let observer: BuildObserver
  private let note: @Sendable (String) -> Void
  private let folder: SiteFolder
  private let state = Mutex(State())
  private let change = Mutex<@Sendable () -> Void>({})

  /// How long nothing must have changed until the published site is built, in seconds.
  private static let rest = 1.0
  /// How often it is asked what else has happened, in seconds.
  private static let pulse = 0.1

  /// - Parameters:
  ///   - observer: of builds.
  ///   - note: receives a line for each change that is shown.
  package init(_ options: BuildOptions, observer: BuildObserver, note: @escaping @Sendable (String) -> Void) {
    self.options = options
    self.observer = observer
    self.note = note
    folder = SiteFolder(options.site)
  }

  /// The file at a path under the output folder, such as "movies/1-heat/index.html", made at this moment; nil where the
  /// site has none.
  ///
  /// - Returns: its bytes and a tag that another content does not have.
  package func file(_ path: String) -> (bytes: [UInt8], tag: String)? {
    state.withLock { $0.shown }?.file(path).map { ($0, ContentHash($0).description) }
  }

  /// Whether there is anything to show yet.
  package var isReady: Bool { state.withLock { $0.shown != nil } }

  /// What is wrong at this moment.
  package var fault: SiteFault? { state.withLock { $0.renderFault ?? $0.buildFault } }

  /// Whether a build runs.
  package var isBuilding: Bool { state.withLock { $0.isBuilding } }

  /// Has `body` called whenever files, faults or builds changed.
  package func whenChanged(_ body: @escaping @Sendable () -> Void) { change.withLock { $0 = body } }

  /// Watches and shows until `stop`; for a thread of its own. Builds run concurrently; edits made meanwhile are shown at once.
  package func run() {
    var roots = [folder.content, folder.templates]
    var watch = FileWatch(roots)
    var next = refresh(isFirst: true)
    var memory = FileStamp(path: folder.memory)
    var lastChange = ContinuousClock.now
    while !state.withLock({ $0.isStopped }) {
      let sources = state.withLock { $0.sources }
      if !Set(roots).isSuperset(of: sources) {
        roots = sources
        watch = FileWatch(roots)
        // What changed before anybody watched.
        next = refresh()
      }
      let isChanged = watch.wait(seconds: Self.pulse)
      if isChanged { lastChange = .now }
      // A build of this process or of another one has ended.
      let isBuilt = FileStamp(path: folder.memory) != memory
      if isBuilt { memory = FileStamp(path: folder.memory) }
      if isChanged || isBuilt || takeEndOfBuild() { next = refresh() }
      let isDue = next == .build || next == .buildWhenQuiet && .now - lastChange > .seconds(Self.rest)
      if isDue, !isBuilding {
        next = .nothing
        state.withLock { $0.isBuilding = true }
        Thread.detachNewThread { [self] in build() }
      }
    }
  }

  private func takeEndOfBuild() -> Bool {
    state.withLock { state in
      defer { state.hasBuilt = false }
      return state.hasBuilt
    }
  }

  package func stop() { state.withLock { $0.isStopped = true } }

  /// Shows the site as its files are now.
  private func refresh(isFirst: Bool = false) -> Next {
    let start = ContinuousClock.now
    do {
      var build = try Build(options, observer: BuildObserver())
      let (sources, key) = (try build.sources(), try build.sourcesKey())
      let (shown, known, tried, hadFault) = state.withLock { state in
        state.sources = sources
        return (state.shown, state.pages, state.tried, state.renderFault != nil)
      }
      let whole: Next = tried == key ? .nothing : .build
      guard let last = try build.lastBuild() else { return whole }
      var pages = known
      if known?.key != last.pagesKey, let kept = build.keptPages(last) { pages = (last.pagesKey, kept) }
      guard let pages else { return whole }
      let render = last.inputs.render.key.value
      if shown?.key != render || hadFault {
        show(ShownSite(try build.preview(pages.pages, last), key: render), pages: pages)
        let words = last.changes.prefix(3).joined(separator: ", ") + (last.changes.count > 3 ? ", …" : "")
        let milliseconds = Int(((ContinuousClock.now - start) / .milliseconds(1)).rounded())
        if !isFirst { note("\(words.isEmpty ? "as published" : words): shown after \(milliseconds) ms") }
      }
      if last.changes.isEmpty || whole == .nothing { return .nothing }
      return last.needsPages ? .build : .buildWhenQuiet
    } catch {
      fail(error) { $0.renderFault = $1 }
      return .nothing
    }
  }

  private func show(_ site: ShownSite, pages: (UInt64, Precomputed)) {
    state.withLock { ($0.shown, $0.pages, $0.renderFault) = (site, pages, nil) }
    notify()
  }

  /// Makes the published site what is shown.
  private func build() {
    notify()
    var key: UInt64?
    do {
      var sources = try Build(options, observer: BuildObserver())
      key = try sources.sourcesKey()
      _ = try Build(options, observer: observer).run()
      state.withLock { ($0.isBuilding, $0.hasBuilt, $0.buildFault, $0.tried) = (false, true, nil, key) }
    } catch {
      state.withLock { ($0.isBuilding, $0.hasBuilt, $0.tried) = (false, true, key) }
      fail(error) { $0.buildFault = $1 }
    }
    notify()
  }

  private func fail(_ error: any Error, _ keep: (inout State, SiteFault) -> Void) {
    let fault = SiteFault(error, site: folder.path)
    let isNews = state.withLock { state in
      let before = state.renderFault ?? state.buildFault
      keep(&state, fault)
      return before != fault
    }
    if isNews { note("error: \(error)") }
    notify()
  }

  private func notify() { change.withLock { $0 }() }
}

/// A site whose files are made when they are asked for.
private final class ShownSite: Sendable {
  /// Of everything that it is made from.
  let key: UInt64
  private let website: Website
  /// The number of each file by its path.
  private let numbers: [String: Int]
  /// Made when the first is asked for.
  private let search = Mutex<[String: [UInt8]]?>(nil)

  init(_ website: Website, key: UInt64) {
    self.website = website
    self.key = key
    var numbers = [String: Int](minimumCapacity: website.outputCount)
    for number in 0..<website.outputCount { numbers[website.path(of: number)] = number }
    self.numbers = numbers
  }

  func file(_ path: String) -> [UInt8]? {
    if let number = numbers[path] {
      var bytes: [UInt8] = []
      return (try? website.render(number, into: &bytes)) == nil ? nil : bytes
    }
    guard path.hasPrefix("search/") else { return nil }
    return search.withLock { files in
      let made = files ?? Dictionary(website.searchFiles().map { ($0.path, $0.bytes) }) { $1 }
      files = made
      return made[path]
    }
  }
}
