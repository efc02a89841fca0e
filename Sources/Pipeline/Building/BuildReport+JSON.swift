import Settings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension BuildReport {
  /// The report as JSON, in the contract's shape.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(Document(self))).map { String(decoding: $0, as: UTF8.self) } ?? "{}") + "\n"
  }

  static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  private struct Document: Encodable {
    struct StageEntry: Encodable {
      let name: Stage
      let seconds, cpuSeconds, peakMb: Double
      let items, bytes: Int
      let reused: Bool

      enum CodingKeys: String, CodingKey {
        case name, seconds, items, bytes, reused
        case cpuSeconds = "cpu_seconds"
        case peakMb = "peak_mb"
      }
    }

    struct Pages: Encodable { let written, kept, removed: Int }

    struct Counts: Encodable { let users, movies, ratings: Int }

    struct ModelEntry: Encodable {
      let name: String
      let seconds: Double
      let reused: Bool
    }

    struct Gate: Encodable {
      let name: String
      let accepted, value: Double?
      let margin: Double
      let passed: Bool
    }

    struct Imported: Encodable {
      let own, imported: Double
      let taken: Bool

      enum CodingKeys: String, CodingKey {
        case taken
        case own = "own_ndcg@10"
        case imported = "ndcg@10"
      }
    }

    struct Template: Encodable {
      let name: String
      let count: Int
      let seconds: Double
      let bytes: Int
    }

    let version, quality, rebuild: String
    let foldedIn: Int
    let stages: [StageEntry]
    let pages: Pages
    let counts: Counts
    let models: [ModelEntry]
    let gates: [Gate]
    let imported: Imported?
    let templates: [Template]

    enum CodingKeys: String, CodingKey {
      case version, quality, rebuild, stages, pages, counts, models, gates, templates
      case foldedIn = "folded_in"
      case imported = "imported_factors"
    }

    init(_ report: BuildReport) {
      version = report.version
      quality = report.quality.rawValue
      rebuild = report.rebuild.rawValue
      foldedIn = report.foldedIn
      stages = report.stages.map {
        StageEntry(
          name: $0.stage, seconds: BuildReport.rounded($0.seconds), cpuSeconds: BuildReport.rounded($0.cpuSeconds),
          peakMb: BuildReport.rounded($0.peakMegabytes), items: $0.items, bytes: $0.bytes, reused: $0.isReused)
      }
      pages = Pages(written: report.pages.written, kept: report.pages.kept, removed: report.pages.removed)
      counts = Counts(users: report.counts.users, movies: report.counts.movies, ratings: report.counts.ratings)
      models = report.models.map {
        ModelEntry(name: $0.name, seconds: BuildReport.rounded($0.seconds), reused: $0.isReused)
      }
      // JSON has no number for a figure that nothing could be measured for.
      gates = report.gates.map {
        Gate(
          name: $0.name, accepted: $0.accepted.flatMap { $0.isFinite ? $0 : nil },
          value: $0.value.isFinite ? $0.value : nil, margin: $0.margin, passed: $0.isPassed)
      }
      imported = report.imported.map { Imported(own: $0.own, imported: $0.imported, taken: $0.isTaken) }
      templates = report.templates.map {
        Template(name: $0.name, count: $0.count, seconds: BuildReport.rounded($0.seconds), bytes: $0.bytes)
      }
    }
  }
}
