import Settings

extension BuildReport {
  /// The report as Markdown, for the summary of a CI run.
  package var markdown: String {
    var text = "### Marquee \(version), quality \(quality.rawValue)\(rebuild == .quick ? ", quick rebuild" : "")\n\n"
    text += "\(counts.users) users, \(counts.movies) movies, \(counts.ratings) ratings. "
    text += "\(pages.written) files written, \(pages.kept) kept, \(pages.removed) removed.\n\n"
    text += "| stage | | seconds | CPU seconds | peak MB |\n|---|---|---:|---:|---:|\n"
    for stage in stages {
      text += "| \(stage.stage.rawValue) | \(stage.isReused ? "as before" : "done") | \(Self.rounded(stage.seconds)) "
      text += "| \(Self.rounded(stage.cpuSeconds)) | \(Int(stage.peakMegabytes.rounded())) |\n"
    }
    if !gates.isEmpty {
      text += "\n| gate | accepted | now | may change by | |\n|---|---:|---:|---:|---|\n"
      for gate in gates {
        text += "| \(gate.name) | \(gate.accepted.map { "\(Self.rounded($0))" } ?? "–") | \(Self.rounded(gate.value)) "
        text += "| \(gate.margin) | \(gate.isPassed ? "passed" : "**failed**") |\n"
      }
    }
    return text + "\n"
  }
}
