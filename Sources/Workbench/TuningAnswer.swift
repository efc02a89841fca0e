import Evaluation
import Models
import Pipeline
import Platform
import Ratings
import Settings
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Settings that were searched on a validation part of the training data.
package struct TuningAnswer: Sendable {
  let descriptor: ModelDescriptor
  let settings: ModelSettings
  let evaluationProtocol: EvaluationProtocol
  let result: SearchResult
  let seconds: Double
  /// The file of the site that the settings were written to, if there is one.
  package let written: String?
}

/// A candidate that is better than all before.
package struct TuningStep: Sendable {
  let descriptor: ModelDescriptor
  let settings: [String: Double]
  let loss: Double
  let seconds: Double
}

extension Workbench {
  /// The share of the ratings that candidates are measured on: of all for stars, of each user's for lists.
  private static let validationShare = (stars: 0.1, lists: 0.25)
  /// A sample of fewer ratings says too little about settings.
  private static let fewestRatings = 2000.0

  /// Searches the settings of a model on a validation part of the data: the lowest RMSE for stars, the highest
  /// nDCG@10 over the full catalogue for lists.
  ///
  /// - Parameters:
  ///   - budget: seconds for all fits together; a fit that is under way then is given up.
  ///   - site: the folder of the site whose `content/models.yaml` takes the settings; nothing is written where it is no
  ///     site, or nil.
  ///   - improved: hears of each candidate that is better than all before.
  package func tune(
    model name: String, budget: Double, site: String?, improved: (TuningStep) -> Void
  ) throws -> TuningAnswer {
    let type = try ModelCatalogue.model(named: name)
    let descriptor = type.descriptor
    let evaluationProtocol: EvaluationProtocol =
      switch descriptor.job {
      case .stars: .holdout(fraction: Self.validationShare.stars, seed: context.seed)
      case .lists: .holdoutPerUser(fraction: Self.validationShare.lists, seed: context.seed)
      }
    let clock = ContinuousClock()
    let start = clock.now
    let deadline = start + .seconds(budget)
    let count = Double(dataset.allRatings.count)
    let shares = [1.0 / 16, 1.0 / 4].filter { count * $0 >= Self.fewestRatings } + [1]
    var samples: [Double: TestCase] = [:]
    let search = SettingSearch(descriptor, seed: context.seed)
    let result = try search.run(until: deadline, shares: shares) { values, share in
      let testCase = try samples[share] ?? sample(share, by: evaluationProtocol)
      samples[share] = testCase
      // As a build will use them.
      let settings = try ModelSettings(descriptor, overrides: Training.withoutSessions(values, of: descriptor))
      return try TimeLimit.run(until: deadline) { [context] in
        try ModelEvaluation.loss(of: type, settings: settings, on: testCase, context: context)
      }
    } improved: {
      improved(
        TuningStep(descriptor: descriptor, settings: $0, loss: $1, seconds: (clock.now - start) / .seconds(1)))
    }
    guard let result else { throw WorkbenchError.budgetTooSmall(model: name, seconds: budget) }
    let settings = try ModelSettings(descriptor, overrides: Training.withoutSessions(result.settings, of: descriptor))
    let folder = site.map { SiteFolder($0) }.flatMap {
      $0.hasSettings ? $0 : nil
    }
    if let folder {
      var tuned = try TunedSettings(readingFrom: folder)
      tuned.replace(settings, of: descriptor)
      try tuned.write(to: folder)
    }
    return TuningAnswer(
      descriptor: descriptor, settings: settings, evaluationProtocol: evaluationProtocol, result: result,
      seconds: (clock.now - start) / .seconds(1), written: folder?.modelSettings)
  }

  private func sample(_ share: Double, by evaluationProtocol: EvaluationProtocol) throws -> TestCase {
    let cases = try evaluationProtocol.checkedTestCases(of: dataset.sample(ofUsers: share, seed: context.seed))
    return cases[0]
  }
}

extension ModelDescriptor.Job {
  /// The figure that settings are chosen by, and whether it is better the higher it is.
  fileprivate var criterion: (name: String, isGain: Bool) {
    switch self {
    case .stars: ("rmse", false)
    case .lists: ("ndcg@10", true)
    }
  }

  fileprivate func figure(_ loss: Double) -> String {
    EvaluationAnswer.decimals(criterion.isGain ? -loss : loss, 4)
  }
}

extension TuningStep: CustomStringConvertible {
  /// One line: seconds, figure, the settings that are not the defaults.
  package var description: String {
    let changed = descriptor.settings.filter { settings[$0.name] != $0.defaultValue }.map {
      "\($0.name)=\(SettingText.number(settings[$0.name] ?? $0.defaultValue))"
    }
    return
      "\(EvaluationAnswer.decimals(seconds, 1)) s  \(descriptor.job.criterion.name) \(descriptor.job.figure(loss))  \(changed.isEmpty ? "defaults" : changed.joined(separator: ","))"
  }
}

extension TuningAnswer {
  private var changed: [String] {
    descriptor.settings.filter { settings[$0.name] != $0.defaultValue }.map {
      "\(descriptor.name).\($0.name)=\(SettingText.number(settings[$0.name]))"
    }
  }

  private var protocolWords: String {
    let share = result.share < 1 ? ", of a sample of \(Int((result.share * 100).rounded())) % of the users" : ""
    return evaluationProtocol.description + share
  }

  /// The best settings for people, and how to measure with them.
  package var text: String {
    let job = descriptor.job
    var text =
      "\(descriptor.name): \(job.criterion.name) \(job.figure(result.loss)), defaults \(job.figure(result.defaultLoss)); "
    text += "\(result.trials) fits in \(EvaluationAnswer.decimals(seconds, 1)) s\n"
    text += "validation part: \(protocolWords)\n\n"
    var table = TextTable(columns: [.left, .right, .right])
    table.add(["setting", "best", "default"])
    for setting in descriptor.settings {
      table.add([setting.name, SettingText.number(settings[setting.name]), SettingText.number(setting.defaultValue)])
    }
    text += table.text
    if !changed.isEmpty { text += "\n--settings \(changed.joined(separator: ","))\n" }
    return text
  }

  /// The same as JSON.
  package var json: String {
    let gain = descriptor.job.criterion.isGain ? -1.0 : 1.0
    var bytes: [UInt8] = []
    bytes.append("{\"model\":\"\(descriptor.name)\",\"job\":\"\(descriptor.job.rawValue)\",\"protocol\":")
    bytes.append(json: protocolWords)
    bytes.append(
      ",\"metric\":\"\(descriptor.job.criterion.name)\",\"best\":\(gain * result.loss),\"defaults\":\(gain * result.defaultLoss)"
    )
    bytes.append(",\"fits\":\(result.trials),\"seconds\":\(seconds),\"settings\":{")
    bytes.append(settings.all.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ","))
    bytes.append("},\"written\":")
    if let written { bytes.append(json: written) } else { bytes.append("null") }
    bytes.append("}\n")
    return String(decoding: bytes, as: UTF8.self)
  }
}
