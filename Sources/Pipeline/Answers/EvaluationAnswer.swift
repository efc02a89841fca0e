public import Evaluation
import Ingest
import Models
import Ratings
import Site

/// How the data of an evaluation is divided.
public enum EvaluationRequest: Sendable, Equatable {
  case folds(Int)
  case holdout(Double)
  /// The path of a file with the test ratings.
  case testFile(String)
}

/// Every model's figures under one protocol.
public struct EvaluationAnswer: Sendable {
  let evaluationProtocol: EvaluationProtocol
  let seed: UInt64
  /// A fingerprint of each test part, to see that two runs measured on the same ratings.
  let splits: [Fingerprint]
  let counts: (users: Int, movies: Int, ratings: Int)
  let models: [ModelEvaluation]
}

extension Workbench {
  /// Fits the models named (all, if none is) on each training part and measures them on the test part.
  ///
  /// - Parameters:
  ///   - request: nil for the data set's own validation part or, without one, five folds.
  ///   - done: hears of each model that is measured.
  public func evaluate(
    _ request: EvaluationRequest?, models names: [String], done: (ModelEvaluation) -> Void
  ) throws -> EvaluationAnswer {
    let types = names.isEmpty ? ModelCatalogue.all : try names.map { try ModelCatalogue.model(named: $0) }
    let seed = context.seed
    let evaluationProtocol: EvaluationProtocol =
      switch request {
      case .folds(let count): .folds(count: count, seed: seed)
      case .holdout(let fraction): .holdout(fraction: fraction, seed: seed)
      case .testFile(let path): .given(name: path.split(separator: "/").last.map(String.init) ?? path)
      case nil: dataset.validation.isEmpty ? .folds(count: 5, seed: seed) : .validation
      }
    let cases =
      if case .testFile(let path) = request {
        [TestCase(training: dataset, test: try DataSource([path], options: .init()).dataset)]
      } else {
        evaluationProtocol.testCases(of: dataset)
      }
    let evaluations = try types.map { type in
      let evaluation = try ModelEvaluation.measure(
        type, settings: ModelSettings(type.descriptor), on: cases, context: context)
      done(evaluation)
      return evaluation
    }
    return EvaluationAnswer(
      evaluationProtocol: evaluationProtocol, seed: seed, splits: cases.map(\.test.fingerprint),
      counts: (dataset.users.count, dataset.movies.count, dataset.allRatings.count), models: evaluations)
  }
}

extension EvaluationAnswer {
  /// Aligned tables, one for models that predict stars and one for models that make lists.
  public var text: String {
    var text = "\(counts.users) users, \(counts.movies) movies, \(counts.ratings) ratings\n"
    text += "protocol: \(evaluationProtocol.description)\n"
    text += "test parts: \(splits.map(\.description).joined(separator: " "))\n"
    for job in [ModelDescriptor.Job.stars, .lists] {
      let models = models.filter { $0.job == job }
      guard let first = models.first else { continue }
      var table = TextTable(columns: [.left] + (first.means + [("", 0), ("", 0)]).map { _ in .right })
      table.add([job.rawValue] + first.means.map(\.name) + ["fit s", "predict s"])
      for model in models {
        table.add(
          [model.model] + model.means.map { Self.decimals($0.value, 4) }
            + [Self.decimals(Self.mean(model.fitSeconds), 3), Self.decimals(Self.mean(model.predictSeconds), 3)])
      }
      text += "\n" + table.text
    }
    return text
  }

  /// The same as JSON; a model has the fields of `api/models.json` and its seconds.
  public var json: String {
    var bytes: [UInt8] = []
    bytes.append("{\"protocol\":")
    bytes.append(json: evaluationProtocol.description)
    bytes.append(",\"seed\":\(seed),\"splits\":")
    bytes.append(jsonList: splits) { $0.append(json: $1.description) }
    bytes.append(
      ",\"counts\":{\"users\":\(counts.users),\"movies\":\(counts.movies),\"ratings\":\(counts.ratings)},\"models\":")
    bytes.append(jsonList: models) { bytes, model in
      bytes.append("{\"name\":\"\(model.model)\",\"family\":\"\(model.family)\",\"job\":\"\(model.job.rawValue)\"")
      bytes.append(",\"settings\":{")
      bytes.append(model.settings.all.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ","))
      bytes.append("},\"metrics\":{")
      bytes.append(model.means.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ","))
      bytes.append("},\"folds\":")
      bytes.append(jsonList: model.fitSeconds.indices) { bytes, fold in
        bytes.append("{" + model.metrics.map { "\"\($0.name)\":\($0.values[fold])" }.joined(separator: ",") + "}")
      }
      bytes.append(",\"protocol\":")
      bytes.append(json: evaluationProtocol.description)
      bytes.append(
        ",\"fit_seconds\":\(Self.mean(model.fitSeconds)),\"predict_seconds\":\(Self.mean(model.predictSeconds))}")
    }
    bytes.append("}\n")
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

  private static func decimals(_ value: Double, _ places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((value * scale).rounded())
    let fraction = String(scaled % Int(scale))
    return "\(scaled / Int(scale)).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
  }
}
