import Platform
package import Settings

/// What a build did: the file that `--report` writes.
package struct BuildReport: Sendable {
  package let version: String
  package let quality: Quality
  package internal(set) var stages: [StageRecord] = []
  /// Files of the site: newly or differently written, the same as before, and gone.
  package internal(set) var pages = (written: 0, kept: 0, removed: 0)
  package internal(set) var counts = (users: 0, movies: 0, ratings: 0)
  /// Seconds that each model took to fit, on the training part and on all ratings together; none where it was reused.
  package internal(set) var models: [(name: String, seconds: Double, isReused: Bool)] = []
  /// Whether ratings were folded into the models of an earlier build, and those of how many members.
  package internal(set) var rebuild = Rebuild.exact
  package internal(set) var foldedIn = 0
  /// How the quality gates of the settings did.
  package internal(set) var gates: [GateResult] = []
  /// How imported film factors compare with the program's own; nil without any.
  package internal(set) var imported: ImportedOutcome?
  /// What each template took, the most first; empty where nothing was rendered.
  package internal(set) var templates: [TemplateCost] = []

  /// Whether nothing was done but to see that nothing changed.
  package var isUnchanged: Bool { stages.allSatisfy(\.isReused) && pages.written == 0 && pages.removed == 0 }

  /// A table of what each template took.
  package var templateMetrics: String {
    guard !templates.isEmpty else { return "no template was rendered: nothing changed\n" }
    var table = TextTable(columns: [.left, .right, .right, .right, .right])
    table.add(["template", "pages", "seconds", "microseconds each", "bytes each"])
    for cost in templates {
      let count = Double(max(1, cost.count))
      table.add([
        cost.name, "\(cost.count)", "\(Self.rounded(cost.seconds))", "\(Int(cost.seconds / count * 1e6))",
        "\(Int(Double(cost.bytes) / count))",
      ])
    }
    return table.text
  }

  /// Writes the report to a file.
  package func write(to path: String) throws {
    do {
      try RawFile.write(Array(json.utf8), to: path)
    } catch {
      throw PlatformError.notWritable(path: path, reason: "\(error)")
    }
  }

  /// Runs a stage and keeps its record. `body` fills in items and bytes.
  mutating func run<Result>(
    _ stage: Stage, observer: BuildObserver, _ body: (inout StageRecord) throws -> Result
  ) throws -> Result {
    var record = StageRecord(stage: stage)
    ResourceUsage.resetPeak()
    let cpu = ResourceUsage.cpuSeconds
    let clock = ContinuousClock()
    let start = clock.now
    observer.started(stage)
    let result = try body(&record)
    record.seconds = (clock.now - start) / .seconds(1)
    record.cpuSeconds = ResourceUsage.cpuSeconds - cpu
    record.peakMegabytes = ResourceUsage.peakMegabytes
    stages.append(record)
    observer.finished(record)
    return result
  }
}

/// Receives the progress of a build.
package struct BuildObserver: Sendable {
  /// A stage begins.
  package var started: @Sendable (Stage) -> Void
  /// A stage is done.
  package var finished: @Sendable (StageRecord) -> Void
  /// Something worth a line: bad lines that were skipped, a model's figures.
  package var note: @Sendable (String) -> Void
  /// How far a long step is, from 0 to 1.
  package var progress: @Sendable (String, Double) -> Void

  package init(
    started: @escaping @Sendable (Stage) -> Void = { _ in },
    finished: @escaping @Sendable (StageRecord) -> Void = { _ in },
    note: @escaping @Sendable (String) -> Void = { _ in },
    progress: @escaping @Sendable (String, Double) -> Void = { _, _ in }
  ) {
    self.started = started
    self.finished = finished
    self.note = note
    self.progress = progress
  }
}
