package import LinearAlgebra
import Models
import Platform
import Precompute
import Publishing
import Ratings
package import Settings
import Site
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a build is asked for on the command line; nil and empty leave the word to `site.yaml`.
package struct BuildOptions: Sendable {
  package var site: String = "."
  package var data: [String] = []
  package var output: String?
  package var quality: Quality?
  package var models: [String] = []
  package var rebuild: Rebuild?
  /// Texts are shown whose date is still to come.
  package var showsFuture = false
  /// Any bad line fails the build.
  package var isStrict = false
  /// Nothing of an earlier build is taken over.
  package var isClean = false
  /// Figures of quality gates are accepted as they are.
  package var acceptsFigures = false
  /// A file about members whose pages are made apart from the site (`ApartFile`); nil where the build makes them.
  package var apart: String?
  package var threads: ThreadCount = .allCores

  package init() {}
}

/// Ratings in, website out: ingest, split, train, evaluate, precompute, render, index, publish.
///
/// Every stage has a fingerprint of its inputs, its settings and the program. What has not changed is not done again.
package struct Build: Sendable {
  let options: BuildOptions
  let folder: SiteFolder
  var settings: SiteSettings
  var choice: ModelChoice
  /// What is known of members whose pages are made apart.
  let apart: ApartFile?
  let observer: BuildObserver
  var report: BuildReport
  var memory: BuildMemory
  var cache: ArtefactCache

  /// Reads the settings and checks that the build can begin.
  package init(_ options: BuildOptions, observer: BuildObserver) throws {
    self.options = options
    self.observer = observer
    folder = SiteFolder(options.site)
    var settings: SiteSettings
    if folder.hasSettings || options.data.isEmpty {
      settings = try SiteSettings(readingFrom: folder)
    } else {
      settings = SiteSettings()
    }
    if !options.data.isEmpty {
      settings.replacedData = settings.data
      settings.data = options.data.map { SiteFolder($0).path }
    }
    if let quality = options.quality { settings.quality = quality }
    settings.tuned = settings.tuned.filled(from: settings.quality.settings).forInstalledLibraries()
    if let rebuild = options.rebuild { settings.rebuild = rebuild }
    if options.showsFuture { settings.showsFuture = true }
    if !options.models.isEmpty { settings.models = options.models }
    apart = try options.apart.map { try ApartFile(contentsOf: $0) }
    if let apart {
      settings.site.members = .packed
      settings.site.showsPeople = false
      settings.site.packedFolder = apart.folder
    }
    guard !settings.data.isEmpty else { throw SettingsError.noData(settings: folder.settings) }
    settings.site.quality = settings.quality.rawValue
    settings.site.version = Distribution.version
    settings.site.showsSampleNote = settings.data.contains { $0.hasSuffix("/content/sample") }
    for line in settings.notes { observer.note(line) }
    self.settings = settings
    choice = try ModelChoice(names: settings.models, quality: settings.quality)
    report = BuildReport(version: Distribution.version, quality: settings.quality)
    memory = BuildMemory(readingFrom: folder.memory)
    cache = ArtefactCache(folder: folder.cache)
  }

  /// Builds and publishes the site. If anything fails, the published site stays as it was.
  ///
  /// - Returns: what was done.
  package consuming func run() throws -> BuildReport {
    let output = try outputFolder()
    try prepareState()
    let lock = try waitForLock()
    defer { withExtendedLifetime(lock) {} }
    // Another build may have ended while this one waited.
    memory = BuildMemory(readingFrom: folder.memory)
    if options.isClean || memory.program != Distribution.programStamp { memory.forgetStages() }
    memory.builds += 1
    let started = Date()
    do {
      try build(to: output)
    } catch {
      try? record(.failed, since: started, message: "\(error)")
      throw error
    }
    if !report.isUnchanged { try record(.succeeded, since: started, message: "") }
    try remember()
    return report
  }

  /// Says which of the chosen models lacks a library that this program could load.
  private func noteMissingLibraries() {
    guard ModelCatalogue.knowsTrees, !TreeLibrary.isInstalled else { return }
    let names = choice.all.map { $0.descriptor.name }.filter { ModelCatalogue.settingsWithoutTrees[$0] != nil }
    guard !names.isEmpty else { return }
    observer.note(
      "XGBoost is not installed, so \(names.joined(separator: ", ")) goes without trees; for a little more accuracy install libxgboost0 (Debian, Ubuntu) or xgboost (brew)"
    )
  }

  private mutating func build(to output: String) throws {
    noteMissingLibraries()
    var (publication, dataset) = try prepare(output)
    if publication.isInPlace {
      observer.note(
        "\(output): \(publication.reasonInPlace): its files are replaced one by one")
    }
    do {
      var known = try privacy()
      var inputs = try inputs()
      let foldIn = try planFoldIn(&dataset, &inputs)
      var key = Distribution.stamped(inputs.render.key).value
      if let count = publication.currentFileCount(madeFrom: key), memory.stages.precompute == inputs.precompute,
        !hasNewGates
      {
        try reuseEverything(files: count)
        note(Publication.Findings(foreign: publication.foreignFiles()), of: output)
        forgetFormer(known, output: output, publication)
        publication.abandon()
      } else {
        let pages = try precompute(dataset.take(), inputs: inputs, foldIn: foldIn)
        // Whoever asked meanwhile not to be shown is not shown.
        known = try privacy()
        add(known, to: &inputs.render)
        key = Distribution.stamped(inputs.render.key).value
        let website = try website(pages, inputs, known)
        report.templates = try report.run(.render, observer: observer) { [self] record in
          let costs = try render(website, to: publication)
          (record.items, record.bytes) = publication.total
          return costs
        }
        try report.run(.index, observer: observer) { [self] record in
          let before = publication.total
          try writeSearchFiles(of: website, to: publication)
          let after = publication.total
          (record.items, record.bytes) = (after.files - before.files, after.bytes - before.bytes)
          try compress(publication)
        }
        try publication.complete(madeFrom: key, own: website.ownPaths)
        noteSize(of: publication.files.map { ($0.path, $0.size) })
        let (site, heaviest) = (publication.folder, publication.heaviestPage)
        try checkGates(pages, in: site, heaviest: heaviest)
        let (changes, findings) = try report.run(.publish, observer: observer) { record in
          let published = try publication.publishTelling()
          record.items = published.changes.written + published.changes.kept
          return published
        }
        report.pages = changes
        note(findings, of: output)
        forgetFormer(known, output: output, publication)
        if !report.gates.isEmpty { try AcceptedFigures.write(report.gates, to: folder.accepted) }
      }
      keepArtefacts(inputs)
      memory.stages = inputs.remembered
      memory.quality = settings.quality.rawValue
      try forget(known, output: output)
    } catch {
      publication.abandon()
      throw error
    }
  }

  /// Reads the data, and looks at the output folder meanwhile.
  private mutating func prepare(_ output: String) throws -> (Publication, Dataset?) {
    let (publication, ingested) = options.threads.both(
      { [options, folder] in
        Result {
          try Publication(output: output, state: folder.trees, isClean: options.isClean, threads: options.threads)
        }
      },
      { [self] in
        Result {
          var build = self
          let dataset = try build.ingest()
          return (build, dataset)
        }
      })
    do {
      let (build, dataset) = try ingested.get()
      self = build
      return (try publication.get(), dataset)
    } catch {
      try? publication.get().abandon()
      throw error
    }
  }

  private mutating func reuseEverything(files: Int) throws {
    try reuse(after: .ingest, to: .publish, files: files)
    report.pages = (0, files, 0)
  }

  /// Takes over what an earlier build gave for all stages after one and up to another.
  ///
  /// - Parameter files: how many the standing site has.
  mutating func reuse(after first: Stage, to last: Stage, files: Int = 0) throws {
    for stage in Stage.allCases where stage > first && stage <= last {
      try report.run(stage, observer: observer) { record in
        record.isReused = true
        if stage == .render || stage == .publish { record.items = files }
      }
      if stage == .train { for type in choice.all { report.models.append((type.descriptor.name, 0, true)) } }
    }
  }

  /// The build's turn on the site's folder. A second build waits for the first.
  private func waitForLock() throws -> FolderLock {
    do {
      return try FolderLock(path: folder.lock)
    } catch StoreError.inUse(_, let holder) {
      observer.note(
        "another build of this site is running\(holder.isEmpty ? "" : " (process \(holder))"): waiting for it")
      return try FolderLock(path: folder.lock, timeout: 3600)
    }
  }

  /// Keeps in the database what became of this build.
  private func record(_ outcome: Store.Build.Outcome, since started: Date, message: String) throws {
    guard folder.hasDatabase else { return }
    try RatingStore(path: folder.database).recordBuild(
      Store.Build(
        started: Int(started.timeIntervalSince1970), finished: Int(Date().timeIntervalSince1970),
        version: Distribution.version, quality: settings.quality.rawValue, outcome: outcome,
        userCount: report.counts.users, movieCount: report.counts.movies, ratingCount: report.counts.ratings,
        fingerprint: memory.stages.precompute?.key.description ?? "", message: message))
  }

  /// Keeps for the next build what this one knows.
  private mutating func remember() throws {
    cache.removeUnused(&memory)
    memory.program = Distribution.programStamp
    memory.files.forgetUnused()
    memory.ingested?.database = DatabaseFiles.settled(folder.database)
    try memory.write(to: folder.memory)
  }

  /// The output folder, looked at before anything is done.
  func outputFolder() throws -> String {
    let output = options.output ?? folder.output
    let place = try OutputPlace(output, state: folder.trees).path
    // What is linked into the content is read too.
    let content = (RawFile.entries(of: folder.content) ?? []).map { folder.content + "/" + $0 }
    for read in [folder.content, folder.templates, folder.state] + settings.data + content {
      guard let read = ResolvedPath.of(read) else { continue }
      if read == place || read.hasPrefix(place + "/") || (place + "/").hasPrefix(read + "/") {
        throw PublishingError.outputInsideContent(path: output)
      }
    }
    return place
  }

  private func prepareState() throws {
    do {
      for path in [folder.models, folder.cache, folder.trees] { try RawFile.makeFolders(path) }
      folder.keepStatePrivate()
    } catch {
      throw PlatformError.notWritable(path: folder.state, reason: "the folder cannot be made")
    }
  }
}
