public import LinearAlgebra

/// What a fit needs besides data and settings.
public struct FitContext: Sendable {
  /// Of all random numbers: the same seed gives the same model, for any number of threads.
  public var seed: UInt64
  /// How many threads a fit may use.
  public var threads: ThreadCount

  /// From this many ratings on, a warm start of the full fit from the holdout fit is as good as a cold one: what is
  /// left to learn is small.
  package var manyRatings = 5_000_000

  /// A context; by default with all cores.
  public init(seed: UInt64 = 1, threads: ThreadCount = .allCores) {
    self.seed = seed
    self.threads = threads
  }
}
