import Models
import Publishing
import Ratings
package import Settings

/// What a build would do, and why.
package struct BuildExplanation: Sendable {
  package enum Work: Sendable, Equatable {
    /// Its inputs are those of the last time.
    case reuse
    case run
    /// It runs unless the stage before gives what it gave before.
    case follows(Stage)
  }

  package struct Step: Sendable {
    package let stage: Stage
    /// Which model is trained; nil for other stages.
    package let model: String?
    package let work: Work
    /// Such as "theme movie.mustache changed".
    package let reasons: [String]

    /// The stage, and for a training the model.
    package var name: String { stage.rawValue + (model.map { " " + $0 } ?? "") }
  }

  package let steps: [Step]

  /// One line for each step.
  package var text: String {
    let width = (steps.map(\.name.count).max() ?? 0) + 2
    return steps.map { step in
      let name = step.name + String(repeating: " ", count: width - step.name.count)
      switch step.work {
      case .reuse: return name + "as before\n"
      case .run: return name + "runs: \(Self.list(step.reasons))\n"
      case .follows(let stage): return name + "runs unless \(stage.rawValue) gives what it gave before\n"
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
  package consuming func explain() throws -> BuildExplanation {
    let output = try outputFolder()
    let data = try ingestInputs()
    guard let ingested = memory.ingested, memory.program == Distribution.programStamp, !options.isClean else {
      let reason =
        options.isClean
        ? "--clean" : memory.ingested == nil ? "no build was done here yet" : "the program is another one"
      return explanation { _, _ in ([reason], nil) }
    }
    var ingest = data.changes(since: ingested.inputs).map(\.description)
    if ingest.isEmpty, DatabaseFiles.stamps(folder.database) != ingested.database {
      ingest = ["the database was written to"]
    }
    let inputs = try inputs()
    let train = Dictionary(
      uniqueKeysWithValues: inputs.train.map { model, inputs in
        (
          model,
          memory.stages.train[model].map { inputs.changes(since: $0).map(\.description) }
            ?? ["\(model) was not trained last time"]
        )
      })
    let trained = inputs.train.map(\.model).filter { train[$0]?.isEmpty == false }.map { "\($0) is trained" }
    let precompute = Self.reasons(inputs.precompute, memory.stages.precompute)
    var render = Self.reasons(inputs.render, memory.stages.render)
    if render.isEmpty, ingest.isEmpty {
      let key = Distribution.stamped(inputs.render.key).value
      if !InspectedTree.isWhole(output, key: key, state: folder.trees, threads: options.threads) {
        render = ["\(output) is not as the last build left it"]
      }
    }
    let hasNewData = !ingest.isEmpty
    return explanation { stage, model in
      switch stage {
      case .ingest: (ingest, nil)
      case .split, .evaluate: (trained, hasNewData ? .ingest : nil)
      case .train: (model.flatMap { train[$0] } ?? [], hasNewData ? .ingest : nil)
      case .precompute: (precompute, hasNewData ? .ingest : nil)
      case .render: (render, hasNewData ? .precompute : nil)
      case .index, .publish: (render.isEmpty ? [] : ["render runs"], hasNewData ? .render : nil)
      }
    }
  }

  /// One step for each stage, and for each model that is trained.
  ///
  /// - Parameter reasons: why a stage runs, and the stage whose new result would have it run otherwise.
  private func explanation(_ reasons: (Stage, String?) -> ([String], Stage?)) -> BuildExplanation {
    BuildExplanation(
      steps: Stage.allCases.flatMap { stage in
        (stage == .train ? choice.all.map { $0.descriptor.name } : [nil]).map { model in
          let (reasons, earlier) = reasons(stage, model)
          return BuildExplanation.Step(
            stage: stage, model: model,
            work: !reasons.isEmpty ? .run : earlier.map { .follows($0) } ?? .reuse, reasons: reasons)
        }
      })
  }

  private static func reasons(_ inputs: StageInputs, _ earlier: StageInputs?) -> [String] {
    earlier.map { inputs.changes(since: $0).map(\.description) } ?? []
  }
}
