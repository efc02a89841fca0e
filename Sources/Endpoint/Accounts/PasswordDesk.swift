import Credentials
import Site
import Synchronization

/// Hashes and checks passwords, one at a time: each costs memory and a tenth of a second of a processor.
final class PasswordDesk: Sendable {
  private let thread = BlockingWork(threads: 1)
  private let waiting = Atomic(0)
  /// What is checked where there is no account, so that the answer takes the same time.
  private let decoy: PasswordHash

  /// How many may wait; beyond, everybody is told to come again.
  private static let mostWaiting = 32

  init() throws { decoy = try PasswordHash(of: SecretToken().text) }

  func hash(_ password: String) async throws -> String {
    try await run { try PasswordHash(of: password).description }
  }

  /// Whether the password is that of `stored`; nil stands for no account.
  func matches(_ password: String, stored: String?) async throws -> Bool {
    let decoy = decoy
    return try await run {
      let isRight = try (stored.flatMap { PasswordHash($0) } ?? decoy).matches(password)
      return isRight && stored != nil
    }
  }

  private func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    defer { waiting.subtract(1, ordering: .relaxed) }
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
      throw Problem.busy("many people log in at this moment; try again in some seconds") { $0(.problemLogins) }
    }
    return try await thread.run(body)
  }
}
