import Platform
public import Settings

/// What a build did: the file that `--report` writes.
public struct BuildReport: Sendable {
  public let version: String
  public let quality: Quality
  public internal(set) var stages: [StageRecord] = []
  /// Files of the site: newly or differently written, the same as before, and gone.
  public internal(set) var pages = (written: 0, kept: 0, removed: 0)
  public internal(set) var counts = (users: 0, movies: 0, ratings: 0)
  /// Seconds that each model took to fit, on the training part and on all ratings together; none where it was reused.
  public internal(set) var models: [(name: String, seconds: Double, isReused: Bool)] = []
  /// Whether ratings were folded into the models of an earlier build, and those of how many members.
  public internal(set) var rebuild = Rebuild.exact
  public internal(set) var foldedIn = 0
  /// How the quality gates of the settings did.
  public internal(set) var gates: [GateResult] = []
  /// How imported film factors compare with the program's own; nil without any.
  public internal(set) var imported: ImportedOutcome?
  /// What each template took, the most first; empty where nothing was rendered.
  public internal(set) var templates: [TemplateCost] = []

  /// Whether nothing was done but to see that nothing changed.
  public var isUnchanged: Bool { stages.allSatisfy(\.isReused) && pages.written == 0 && pages.removed == 0 }

  /// A table of what each template took.
  public var templateMetrics: String {
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
  public func write(to path: String) throws {
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
public struct BuildObserver: Sendable {
  /// A stage begins.
  public var started: @Sendable (Stage) -> Void
  /// A stage is done.
  public var finished: @Sendable (StageRecord) -> Void
  /// Something worth a line: bad lines that were skipped, a model's figures.
  public var note: @Sendable (String) -> Void
  /// How far a long step is, from 0 to 1.
  public var progress: @Sendable (String, Double) -> Void

  public init(
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
