import Evaluation
import Models

extension EvaluationAnswer {
  /// A line for each model and test part, and one for the mean where there are several: `model,job,part,METRIC,…`.
  var csv: String {
    let names = metricNames(of: models)
    var text = (["model", "job", "part"] + names + ["fit_seconds", "predict_seconds"]).joined(separator: ",") + "\n"
    for model in models {
      let rows = model.fitSeconds.indices.map { part in
        ["\(part + 1)"]
          + names.map { name in model.metrics.first { $0.name == name }.map { "\($0.values[part])" } ?? "" }
          + ["\(model.fitSeconds[part])", "\(model.predictSeconds[part])"]
      }
      for row in rows { text += ([model.model, model.job.rawValue] + row).joined(separator: ",") + "\n" }
    }
    return text
  }

  /// A line for each pair of models that were compared.
  var comparisonsCSV: String {
    "model,reference,metric,difference,low,high,p\n"
      + comparisons.map {
        "\($0.model),\($0.reference),\($0.metric),\($0.difference),\($0.interval.lowerBound),\($0.interval.upperBound),\($0.pValue)\n"
      }.joined()
  }

  /// Tables of means, each under the protocol that it was measured by.
  var markdown: String {
    byJob { heads, rows, words in
      let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |\n" }
      return "\(words)\n\n" + line(heads) + line(heads.indices.map { $0 == 0 ? "---" : "---:" })
        + rows.map(line).joined()
    }
  }

  /// The same for LaTeX, with the lines of the package booktabs.
  var latex: String {
    byJob { heads, rows, words in
      let line = { (cells: [String]) in cells.map(Self.escaped).joined(separator: " & ") + " \\\\\n" }
      return "% \(words)\n\\begin{tabular}{l\(String(repeating: "r", count: heads.count - 1))}\n\\toprule\n"
        + line(heads)
        + "\\midrule\n" + rows.map(line).joined() + "\\bottomrule\n\\end{tabular}\n"
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "%&_#$".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }

  private func byJob(_ table: (_ heads: [String], _ rows: [[String]], _ words: String) -> String) -> String {
    [ModelDescriptor.Job.stars, .lists].compactMap { job in
      let models = models.filter { $0.job == job }
      guard !models.isEmpty else { return nil }
      let names = metricNames(of: models)
      let rows = models.map { model in
        [model.model] + names.map { name in model.mean(name).map { Self.decimals($0, 4) } ?? "–" }
      }
      return table(["model"] + names, rows, words(for: job))
    }.joined(separator: "\n")
  }

  func metricNames(of models: [ModelEvaluation]) -> [String] {
    models.flatMap { $0.metrics.map(\.name) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
