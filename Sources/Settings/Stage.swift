/// The stages of a build, in their order.
package enum Stage: String, CaseIterable, Codable, Sendable {
  case ingest, split, train, evaluate, precompute, render, index, publish
}

extension Stage: Comparable {
  package static func < (first: Stage, second: Stage) -> Bool { first.place < second.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
