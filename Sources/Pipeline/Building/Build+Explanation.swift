import Models
import Ratings

/// What a build would do, and why.
public struct BuildExplanation: Sendable {
  public enum Work: Sendable, Equatable {
    /// Its inputs are those of the last time.
    case reuse
    case run
    /// It runs unless the stage before gives what it gave before.
    case follows(String)
  }

  public struct Step: Sendable {
    /// The stage, and for a training the model.
    public let name: String
    public let work: Work
    /// Such as "template movie.mustache changed".
    public let reasons: [String]
  }

  public let steps: [Step]

  /// One line for each step.
  public var text: String {
    let width = (steps.map(\.name.count).max() ?? 0) + 2
    return steps.map { step in
      let name = step.name + String(repeating: " ", count: width - step.name.count)
      switch step.work {
      case .reuse: return name + "as before\n"
      case .run: return name + "runs: \(Self.list(step.reasons))\n"
      case .follows(let stage): return name + "runs unless \(stage) gives what it gave before\n"
      }
    }.joined()
  }

  private static func list(_ reasons: [String]) -> String {
    let shown = reasons.prefix(6).joined(separator: ", ")
    return reasons.count > 6 ? "\(shown) and \(reasons.count - 6) more" : shown
  }
}

extension Build {
  /// Finds out what a build would do, without building.
  public consuming func explain() throws -> BuildExplanation {
    let output = try outputFolder()
    var steps: [BuildExplanation.Step] = []
    func add(_ name: String, _ reasons: [String], after earlier: String? = nil) {
      let work: BuildExplanation.Work = !reasons.isEmpty ? .run : earlier.map { .follows($0) } ?? .reuse
      steps.append(BuildExplanation.Step(name: name, work: work, reasons: reasons))
    }
    let ingestInputs = try ingestInputs()
    let models = choice.all.map { $0.descriptor.name }
    guard let ingested = memory.ingested, memory.program == Distribution.programStamp, !options.isClean else {
      let reason =
        options.isClean
        ? "--clean" : memory.ingested == nil ? "no build was done here yet" : "the program is another one"
      for name in ["ingest", "split"] + models.map({ "train " + $0 }) + ["evaluate", "precompute", "render", "publish"]
      {
        add(name, [reason])
      }
      return BuildExplanation(steps: steps)
    }
    var reasons = ingestInputs.changes(since: ingested.inputs)
    if reasons.isEmpty, DatabaseFiles.stamps(folder.database) != ingested.database {
      reasons = ["the database was written to"]
    }
    add("ingest", reasons)
    let ingest = reasons.isEmpty ? nil : "ingest"
    let inputs = try inputs()
    let train = inputs.train.map { model, inputs in
      (
        model,
        memory.stages["train " + model].map { inputs.changes(since: $0) } ?? ["\(model) was not trained last time"]
      )
    }
    let trained = train.filter { !$0.1.isEmpty }.map { "\($0.0) is trained" }
    add("split", trained, after: ingest)
    for (model, reasons) in train { add("train " + model, reasons, after: ingest) }
    add("evaluate", trained, after: ingest)
    let precompute = memory.stages["precompute"].map { inputs.precompute.changes(since: $0) } ?? []
    add("precompute", precompute, after: ingest)
    var render = memory.stages["render"].map { inputs.render.changes(since: $0) } ?? []
    if render.isEmpty, ingest == nil {
      let key = Distribution.stamped(inputs.render.key).value
      if !StandingTree.isWhole(output, key: key, state: folder.trees, threads: options.threads) {
        render = ["\(output) is not as the last build left it"]
      }
    }
    add("render", render, after: ingest.map { _ in "precompute" })
    add("publish", render.isEmpty ? [] : ["render runs"], after: ingest.map { _ in "render" })
    return BuildExplanation(steps: steps)
  }
}
