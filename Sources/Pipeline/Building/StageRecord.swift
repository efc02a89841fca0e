public import Settings

/// What a stage of a build took and did.
public struct StageRecord: Sendable {
  public let stage: Stage
  public internal(set) var seconds: Double = 0
  public internal(set) var cpuSeconds: Double = 0
  /// Peak memory of the process during the stage, in megabytes (10⁶ bytes).
  public internal(set) var peakMegabytes: Double = 0
  /// Ratings, models, figures, lists, pages, … as the stage counts.
  public internal(set) var items = 0
  /// Bytes read or written.
  public internal(set) var bytes = 0
  /// Whether the result of an earlier build was taken.
  public internal(set) var isReused = false
}
