import Platform
import Precompute
import Ratings
package import Settings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a gate did in a build.
package struct GateResult: Sendable, Equatable {
  package let gate: Gate
  /// The figure of the last build that passed; nil in the first.
  package let accepted: Double?
  package let value: Double
  package let margin: Double

  package var name: String { gate.rawValue }

  /// Whether the figure is no worse than accepted by more than the margin.
  package var isPassed: Bool {
    guard value.isFinite else { return false }
    // Links that lead nowhere are wrong in the first build, too.
    let base = accepted ?? (gate == .brokenLinks ? 0 : value)
    return (gate.isGain ? base - value : value - base) <= margin + 1e-12
  }
}

/// The figures of the last build that passed, in `.marquee/accepted.json`.
enum AcceptedFigures {
  static func read(from path: String) -> [Gate: Double] {
    guard let data = FileManager.default.contents(atPath: path),
      let figures = try? JSONDecoder().decode([String: Double].self, from: data)
    else { return [:] }
    return Dictionary(
      figures.compactMap { name, value in Gate(rawValue: name).map { ($0, value) } }, uniquingKeysWith: { $1 })
  }

  static func write(_ results: [GateResult], to path: String) throws {
    var figures = read(from: path)
    for result in results { figures[result.gate] = result.value }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let named = Dictionary(uniqueKeysWithValues: figures.map { ($0.key.rawValue, $0.value) })
    do {
      try RawFile.replace(Array(try encoder.encode(named)), at: path)
    } catch {
      throw PlatformError.notWritable(path: path, reason: "\(error)")
    }
  }
}

extension Precomputed {
  /// The figure that a gate looks at; nil for those of the pages.
  func figure(_ gate: Gate) -> Double? {
    func metrics(_ name: String) -> [Double] {
      models.compactMap { model in model.metrics.first { $0.name == name }?.value }.filter(\.isFinite)
    }
    switch gate {
    case .rmse: return metrics("rmse").min() ?? .nan
    case .ndcg: return metrics("ndcg@10").max() ?? .nan
    case .coverage: return movies.isEmpty ? 1 : Double(listed(lists.prefix(1))) / Double(movies.count)
    case .unlisted: return movies.isEmpty ? 0 : 1 - Double(listed(lists[...])) / Double(movies.count)
    case .pageWeight, .brokenLinks: return nil
    }
  }

  private func listed(_ lists: ArraySlice<RecommendationList>) -> Int {
    var seen = [Bool](repeating: false, count: movies.count)
    for list in lists { for entry in list.entries.elements { seen[Int(entry.movie)] = true } }
    return seen.count { $0 }
  }
}
