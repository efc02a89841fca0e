package import Pipeline
import Settings

/// A build's progress on standard error.
package struct BuildLog {
  private let bar = ProgressBar()

  private let format: ProgressFormat

  package init(_ format: ProgressFormat = .words) { self.format = format }

  package var observer: BuildObserver {
    if format == .json { return .lines(Console.note) }
    return BuildObserver(
      started: { [bar] stage in bar.show(stage.rawValue, 0) },
      finished: { [bar] record in
        bar.clear()
        Console.note(Self.line(record))
      },
      note: { [bar] line in
        bar.clear()
        Console.note(line)
        Annotations.show(line, as: "warning")
      },
      progress: { [bar] step, fraction in bar.show(step, fraction) })
  }

  func summarize(_ report: BuildReport) {
    if format == .json { return }
    let seconds = report.stages.reduce(0) { $0 + $1.seconds }
    Console.note(
      "\(report.counts.users) users, \(report.counts.movies) movies, \(report.counts.ratings) ratings: "
        + "\(report.pages.written) files written, \(report.pages.kept) kept, \(report.pages.removed) removed "
        + "in \(Self.seconds(seconds)) (quality \(report.quality.rawValue))")
  }

  private static func line(_ record: StageRecord) -> String {
    let name = record.stage.rawValue
    let padding = String(repeating: " ", count: max(0, 12 - name.count))
    return "\(name)\(padding)\(record.isReused ? "as before" : seconds(record.seconds))"
  }

  private static func seconds(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }
}
