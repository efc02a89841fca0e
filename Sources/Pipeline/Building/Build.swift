import Evaluation
import Ingest
public import LinearAlgebra
import Models
import Precompute
import Ratings
import Site
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a build is asked for on the command line; nil and empty leave the word to `site.yaml`.
public struct BuildOptions: Sendable {
  public var site: String = "."
  public var data: [String] = []
  public var output: String?
  public var quality: Quality?
  public var models: [String] = []
  /// Any bad line fails the build.
  public var isStrict = false
  /// Nothing of an earlier build is taken over.
  public var isClean = false
  public var threads: ThreadCount = .allCores

  public init() {}
}

/// Ratings in, website out: ingest, split, train, evaluate, precompute, render, index, publish.
public struct Build: Sendable {
  let options: BuildOptions
  let folder: SiteFolder
  let settings: SiteSettings
  let observer: BuildObserver
  private var report: BuildReport

  /// Reads the settings and checks that the build can begin.
  public init(_ options: BuildOptions, observer: BuildObserver) throws {
    self.options = options
    self.observer = observer
    folder = SiteFolder(options.site)
    var settings: SiteSettings
    if FileManager.default.fileExists(atPath: folder.settings) || options.data.isEmpty {
      settings = try SiteSettings(readingFrom: folder)
    } else {
      settings = SiteSettings()
    }
    if !options.data.isEmpty { settings.data = options.data }
    if let quality = options.quality { settings.quality = quality }
    if !options.models.isEmpty { settings.models = options.models }
    guard !settings.data.isEmpty else { throw PipelineError.noData(settings: folder.settings) }
    self.settings = settings
    report = BuildReport(version: Distribution.version, quality: settings.quality)
  }

  /// Builds and publishes the site. Whatever fails, the site of before stays as it was.
  ///
  /// - Returns: what was done.
  public consuming func run() throws -> BuildReport {
    let choice = try ModelChoice(names: settings.models, quality: settings.quality)
    let output = try outputFolder()
    try prepareState()
    let lock = try FolderLock(path: folder.lock, timeout: 600)
    defer { withExtendedLifetime(lock) {} }
    let publication = try Publication(output: output)
    let started = Date()
    var fingerprint = ""
    do {
      let dataset = try ingest()
      let precomputed = try precompute(dataset, choice: choice)
      fingerprint = precomputed.fingerprint
      let stages = [("ingest", dataset.fingerprint.description), ("precompute", fingerprint)]
      let website = try website(precomputed.pages, stages: stages)
      try report.run(.render, observer: observer) { [self] record in
        try render(website, to: publication)
        (record.items, record.bytes) = publication.total
      }
      try report.run(.index, observer: observer) { record in
        for file in website.searchFiles() {
          try publication.write(file.bytes, to: file.path)
          record.items += 1
          record.bytes += file.bytes.count
        }
      }
      report.pages = try report.run(.publish, observer: observer) { record in
        let changes = try publication.publish()
        record.items = changes.written + changes.kept
        return changes
      }
    } catch {
      publication.abandon()
      try? record(.failed, since: started, fingerprint: fingerprint, message: "\(error)")
      throw error
    }
    try record(.succeeded, since: started, fingerprint: fingerprint, message: "")
    return report
  }

  /// Keeps in the database what became of this build.
  private func record(_ outcome: Store.Build.Outcome, since started: Date, fingerprint: String, message: String) throws
  {
    guard FileManager.default.fileExists(atPath: folder.database) else { return }
    try RatingStore(path: folder.database).recordBuild(
      Store.Build(
        started: Int(started.timeIntervalSince1970), finished: Int(Date().timeIntervalSince1970),
        version: Distribution.version, quality: settings.quality.rawValue, outcome: outcome,
        userCount: report.counts.users, movieCount: report.counts.movies, ratingCount: report.counts.ratings,
        fingerprint: fingerprint, message: message))
  }

  private func outputFolder() throws -> String {
    let output = options.output.map { URL(fileURLWithPath: $0).standardizedFileURL.path } ?? folder.output
    for read in [folder.content, folder.templates, folder.state] + settings.data.map({ SiteFolder($0).path })
    where read == output || read.hasPrefix(output + "/") || (output + "/").hasPrefix(read + "/") {
      throw PipelineError.outputInsideContent(path: output)
    }
    return output
  }

  private func prepareState() throws {
    do {
      try FileManager.default.createDirectory(atPath: folder.state + "/models", withIntermediateDirectories: true)
    } catch {
      throw PipelineError.notWritable(path: folder.state, reason: "the folder cannot be made")
    }
  }

  private mutating func ingest() throws -> Dataset {
    let dataset = try report.run(.ingest, observer: observer) { [options, folder, settings, observer] record in
      var ingest = IngestOptions()
      ingest.isStrict = options.isStrict
      ingest.progress = { progress in observer.progress(progress.file, progress.fraction) }
      let source = try DataSource(settings.data, options: ingest)
      for line in source.notes { observer.note(line) }
      record.bytes = settings.data.reduce(0) { $0 + RawFile.size(of: $1) }
      let (store, change) = try RatingStore.opening(folder.database, .replacing, source.dataset)
      record.isReused = change.isUnchanged
      // Where members brought nothing, what the files say is all there is.
      let dataset = try store.isImportedOnly() ? source.dataset : store.dataset()
      record.items = dataset.ratings.count + dataset.validation.count
      return dataset
    }
    report.counts = (
      dataset.users.count, dataset.movies.count, dataset.ratings.count + dataset.validation.count
    )
    return dataset
  }

  /// Trains, measures and works out the pages' contents, or takes them over from the last build of the same data with
  /// the same settings and the same program.
  private mutating func precompute(_ dataset: Dataset, choice: ModelChoice) throws
    -> (pages: Precomputed, fingerprint: String)
  {
    let fingerprint = trainingFingerprint(dataset, choice: choice)
    var key = fingerprint
    key.add(Distribution.programStamp)
    if !options.isClean, let kept = try? Precomputed(contentsOf: folder.precomputed, dataset: key.value) {
      for stage in [Stage.split, .train, .evaluate, .precompute] {
        try report.run(stage, observer: observer) { $0.isReused = true }
      }
      return (kept, fingerprint.description)
    }
    let context = FitContext(seed: settings.seed, threads: options.threads)
    var training = try report.run(.split, observer: observer) { [settings] record in
      let training = Training(dataset, seed: settings.seed)
      record.items = training.testCase.test.count
      return training
    }
    let seconds = try report.run(.train, observer: observer) { [observer, settings] record in
      var seconds: [(name: String, seconds: Double)] = []
      try training.fit(choice.all, tuned: settings.tuned, context: context) {
        seconds.append(($0.descriptor.name, $0.seconds))
        observer.progress($0.descriptor.name, Double(seconds.count) / Double(choice.all.count))
      }
      record.items = seconds.count
      return seconds
    }
    report.models = seconds
    try report.run(.evaluate, observer: observer) { record in
      training.evaluate(context: context)
      record.items = training.reports.reduce(0) { $0 + $1.metrics.count }
    }
    let precomputed = try report.run(.precompute, observer: observer) { [folder, settings] record in
      let result = try Precomputed(dataset, training: training, settings: settings, context: context)
      record.items = result.lists.reduce(0) { $0 + $1.entries.elements.count } + result.similar.elements.count
      try training.save(to: folder, dataset: dataset.fingerprint.value)
      try result.write(to: folder.precomputed, dataset: key.value)
      return result
    }
    return (precomputed, fingerprint.description)
  }

  /// What training and precomputing depend on, besides the program.
  private func trainingFingerprint(_ dataset: Dataset, choice: ModelChoice) -> Fingerprint {
    var result = dataset.fingerprint
    for model in choice.all {
      result.add(model.descriptor.name)
      for setting in model.descriptor.settings { result.add("\(setting.name)=\(setting.defaultValue)") }
    }
    for word in settings.tuned.words { result.add(word) }
    result.add(settings.seed)
    result.add(settings.includesSeen ? 1 : 0)
    result.add(Distribution.version)
    return result
  }
}
