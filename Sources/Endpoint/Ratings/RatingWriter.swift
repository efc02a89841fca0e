import Store

/// The one writer of ratings: requests that arrive while the disk is busy are committed together.
///
/// A response means that the ratings are on disk.
actor RatingWriter {
  private struct Waiting {
    let account: Account
    let submission: Submission
    let continuation: CheckedContinuation<SubmissionOutcome, any Error>
  }

  private let store: RatingStore
  private let thread = BlockingWork(threads: 1)
  private let metrics: Metrics
  /// Called with the members whose ratings have changed, once for all that were stored together.
  private let onChange: @Sendable ([Account]) -> Void
  private var waiting: [Waiting] = []
  private var isWriting = false

  /// The longest queue.
  private static let mostWaiting = 10_000
  /// The most requests in one commit.
  private static let largestBatch = 1000

  init(store: RatingStore, metrics: Metrics, onChange: @escaping @Sendable ([Account]) -> Void) {
    self.store = store
    self.metrics = metrics
    self.onChange = onChange
  }

  func submit(_ submission: Submission, of account: Account) async throws -> SubmissionOutcome {
    guard waiting.count < Self.mostWaiting else { throw Problem.busy("too many ratings at the moment") }
    return try await withCheckedThrowingContinuation { continuation in
      waiting.append(Waiting(account: account, submission: submission, continuation: continuation))
      guard !isWriting else { return }
      isWriting = true
      Task { await write() }
    }
  }

  private func write() async {
    while !waiting.isEmpty {
      let batch = Array(waiting.prefix(Self.largestBatch))
      waiting.removeFirst(batch.count)
      await store(batch)
    }
    isWriting = false
  }

  private func store(_ batch: [Waiting]) async {
    let start = ContinuousClock.now
    do {
      let submissions = batch.map(\.submission)
      let outcomes = try await thread.run { [store] in try store.submit(submissions) }
      metrics.recordCommit(submissions: batch.count, seconds: (ContinuousClock.now - start) / .seconds(1))
      var changed: [Int64: Account] = [:]
      for (item, outcome) in zip(batch, outcomes) {
        if case .stored(let saved, let removed, false) = outcome, saved + removed > 0 {
          changed[item.account.id] = item.account
        }
        item.continuation.resume(returning: outcome)
      }
      if !changed.isEmpty { onChange(Array(changed.values)) }
    } catch StoreError.refused where batch.count > 1 {
      // One of them violates a constraint: the others must not be affected.
      for item in batch { await store([item]) }
    } catch {
      metrics.recordFailedCommit()
      for item in batch { item.continuation.resume(throwing: error) }
    }
  }
}
