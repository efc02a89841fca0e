public import LinearAlgebra

/// What a fit needs besides data and settings.
public struct FitContext: Sendable {
  public var seed: UInt64
  public var threads: ThreadCount

  /// From so many ratings on a fit to all of them that begins at a fit to most of them is as good as one of its own: what is
  /// left to learn is small beside what was learned.
  package var manyRatings = 5_000_000

  public init(seed: UInt64 = 1, threads: ThreadCount = .allCores) {
    self.seed = seed
    self.threads = threads
  }
}
