import Evaluation
import Models
import Platform
import Ratings
import Site

/// Every model's figures under one protocol.
package struct EvaluationAnswer: Sendable {
  let evaluationProtocol: EvaluationProtocol
  let candidates: CandidateSource
  let knowsDates: Bool
  let seed: UInt64
  /// A fingerprint of each test part, to see that two runs measured on the same ratings.
  let splits: [Fingerprint]
  let counts: (users: Int, movies: Int, ratings: Int)
  /// What a reader must know of the test parts.
  let remarks: [String]
  let models: [ModelEvaluation]
  /// Every model compared with the best of its task.
  let comparisons: [PairedComparison]

  /// The words printed with every figure of a model.
  func words(for job: ModelDescriptor.Job) -> String {
    switch job {
    case .stars: evaluationProtocol.description + (knowsDates ? "" : "; dates of the test ratings hidden")
    case .lists: "\(evaluationProtocol.description); \(candidates.description)"
    }
  }
}

extension EvaluationAnswer {
  /// Aligned tables, one for models that predict stars and one for models that make lists.
  ///
  /// Figures are means over the test parts; where there are several, “±” after the first figure is its standard
  /// deviation between them.
  package var text: String {
    var text = "\(counts.users) users, \(counts.movies) movies, \(counts.ratings) ratings\n"
    text += "test parts: \(splits.map(\.description).joined(separator: " ")) (seed \(seed))\n"
    for remark in remarks { text += "\(remark)\n" }
    for job in [ModelDescriptor.Job.stars, .lists] {
      let models = models.filter { $0.job == job }
      guard !models.isEmpty else { continue }
      text += "\n\(job.rawValue) — protocol: \(words(for: job))\n\(table(of: models))"
      text += comparison(of: models)
    }
    return text
  }

  private func table(of models: [ModelEvaluation]) -> String {
    let names = metricNames(of: models)
    let hasDeviations = splits.count > 1
    var heads = ["model"] + names + ["fit s", "predict s", "peak MB"]
    if hasDeviations, names.count > 0 { heads.insert("±", at: 2) }
    var table = TextTable(columns: [.left] + heads.dropFirst().map { _ in .right })
    table.add(heads)
    for model in models {
      var row = [model.model] + names.map { name in model.mean(name).map { Self.decimals($0, 4) } ?? "–" }
      if hasDeviations, let name = names.first {
        row.insert(model.deviations.first { $0.name == name }.map { Self.decimals($0.value, 4) } ?? "–", at: 2)
      }
      table.add(
        row + [
          Self.decimals(Self.mean(model.fitSeconds), 3), Self.decimals(Self.mean(model.predictSeconds), 3),
          model.peakMegabytes.map { Self.decimals($0, 0) } ?? "–",
        ])
    }
    return table.text
  }

  /// How far each model is from the best, and whether that can be chance.
  private func comparison(of models: [ModelEvaluation]) -> String {
    let rows = comparisons.filter { row in models.contains { $0.model == row.model } }
    guard let first = rows.first else { return "" }
    var table = TextTable(columns: [.left, .right, .right, .right])
    table.add(["beside \(first.reference)", first.metric, "95 % of resamples", "p"])
    for row in rows {
      table.add([
        row.model, Self.signed(row.difference),
        "\(Self.signed(row.interval.lowerBound)) … \(Self.signed(row.interval.upperBound))",
        Self.decimals(row.pValue, 3),
      ])
    }
    return "\ndifferences, by a paired bootstrap over users:\n\(table.text)"
  }

  private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + decimals(value, 4) }

  /// The same as JSON; a model has the fields of `api/models.json`, its folds, deviations, seconds and memory.
  package var json: String {
    var bytes: [UInt8] = []
    bytes.append("{\"protocol\":")
    bytes.append(json: evaluationProtocol.description)
    bytes.append(",\"candidates\":")
    bytes.append(json: candidates.description)
    bytes.append(",\"seed\":\(seed),\"splits\":")
    bytes.append(jsonList: splits) { $0.append(json: $1.description) }
    bytes.append(",\"remarks\":")
    bytes.append(jsonList: remarks) { $0.append(json: $1) }
    bytes.append(
      ",\"counts\":{\"users\":\(counts.users),\"movies\":\(counts.movies),\"ratings\":\(counts.ratings)},\"models\":")
    bytes.append(jsonList: models) { bytes, model in
      bytes.append("{\"name\":\"\(model.model)\",\"family\":\"\(model.family)\",\"job\":\"\(model.job.rawValue)\"")
      bytes.append(",\"settings\":\(Self.object(model.settings.all))")
      bytes.append(",\"metrics\":\(Self.object(model.means))")
      if model.fitSeconds.count > 1 { bytes.append(",\"deviations\":\(Self.object(model.deviations))") }
      bytes.append(",\"folds\":")
      bytes.append(jsonList: model.fitSeconds.indices) { bytes, fold in
        bytes.append(Self.object(model.metrics.map { ($0.name, $0.values[fold]) }))
      }
      if !model.learningCurves.isEmpty {
        bytes.append(",\"learning_curves\":")
        bytes.append(jsonList: model.learningCurves) { bytes, curve in
          bytes.append(jsonList: curve) { $0.append(Self.object($1)) }
        }
      }
      if !model.calibrations.isEmpty {
        bytes.append(",\"calibration\":")
        bytes.append(jsonList: model.calibrations) { bytes, fold in
          bytes.append("{\"stars\":\(Self.bins(fold.stars)),\"chances\":\(Self.bins(fold.probabilities))}")
        }
      }
      bytes.append(",\"protocol\":")
      bytes.append(json: words(for: model.job))
      bytes.append(
        ",\"fit_seconds\":\(Self.mean(model.fitSeconds)),\"predict_seconds\":\(Self.mean(model.predictSeconds))")
      if let peak = model.peakMegabytes { bytes.append(",\"peak_mb\":\(peak)") }
      bytes.append("}")
    }
    bytes.append(",\"comparisons\":")
    bytes.append(jsonList: comparisons) { bytes, row in
      bytes.append(
        "{\"model\":\"\(row.model)\",\"reference\":\"\(row.reference)\",\"metric\":\"\(row.metric)\",\"difference\":\(row.difference)"
          + ",\"low\":\(row.interval.lowerBound),\"high\":\(row.interval.upperBound),\"p\":\(row.pValue)}")
    }
    bytes.append("}\n")
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func object(_ figures: [(name: String, value: Double)]) -> String {
    "{" + figures.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  private static func object(_ point: LearningPoint) -> String {
    let validation = point.validationRMSE.map { ",\"validation_rmse\":\($0)" } ?? ""
    return "{\"epoch\":\(point.epoch),\"training_rmse\":\(point.trainingRMSE)\(validation)}"
  }

  private static func bins(_ bins: [CalibrationBin]) -> String {
    let items = bins.map { "{\"predicted\":\($0.predicted),\"observed\":\($0.observed),\"count\":\($0.count)}" }
    return "[" + items.joined(separator: ",") + "]"
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

  static func decimals(_ value: Double, _ places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % scale)
    return "\(sign)\(scaled / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
  }
}
