package import Settings

/// What a stage of a build took and did.
package struct StageRecord: Sendable {
  package let stage: Stage
  package internal(set) var seconds: Double = 0
  package internal(set) var cpuSeconds: Double = 0
  /// Peak memory of the process during the stage, in megabytes (10⁶ bytes).
  package internal(set) var peakMegabytes: Double = 0
  /// Ratings, models, figures, lists, pages, … as the stage counts.
  package internal(set) var items = 0
  /// Bytes read or written.
  package internal(set) var bytes = 0
  /// Whether the result of an earlier build was taken.
  package internal(set) var isReused = false
}
