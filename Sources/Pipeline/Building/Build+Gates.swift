import Precompute
import Settings
import Site
import SiteCheck

extension Build {
  /// Whether a gate was never measured.
  var hasNewGates: Bool {
    let accepted = AcceptedFigures.read(from: folder.accepted)
    return settings.gates.keys.contains { accepted[$0] == nil }
  }

  /// Measures the site that is about to be published against the last one that passed.
  ///
  /// - Parameters:
  ///   - folder: where the new site lies, whole.
  ///   - heaviest: bytes of the heaviest page.
  /// - Throws: `PipelineError.gatesFailed`.
  mutating func checkGates(_ pages: Precomputed, in site: String, heaviest: Int) throws {
    guard !settings.gates.isEmpty else { return }
    let accepted = options.acceptsFigures ? [:] : AcceptedFigures.read(from: folder.accepted)
    for gate in Gate.allCases {
      guard let margin = settings.gates[gate] else { continue }
      let value: Double
      switch gate {
      case .pageWeight: value = Double(heaviest)
      case .brokenLinks: value = Double(try SiteCheck(folder: site).run().problemCount)
      default: value = pages.figure(gate) ?? .nan
      }
      report.gates.append(GateResult(gate: gate, accepted: accepted[gate], value: value, margin: margin))
    }
    let failed = report.gates.filter { !$0.isPassed }
    guard failed.isEmpty || options.acceptsFigures else { throw PipelineError.gatesFailed(failed) }
  }
}
