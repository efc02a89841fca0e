import Foundation
public import Testing

/// Which tests a run is for. `make test` runs all; `make test-fast` leaves out those that are marked `.slow` and those with a
/// browser, and takes less than two minutes.
public enum TestTier {
  /// Whether this run is for the fast tests alone: MARQUEE_TESTS=fast.
  public static let isFast = ProcessInfo.processInfo.environment["MARQUEE_TESTS"] == "fast"
}

extension Trait where Self == ConditionTrait {
  /// A test that takes seconds for what faster ones tell sooner: whole builds side by side, real data, long series of random
  /// changes, every model at the ends of its settings. `make test-fast` leaves it out.
  ///
  /// `make test` names at its end the tests that take long and are not marked.
  public static var slow: Self { .disabled(if: TestTier.isFast, "slow; make test runs it") }
}
