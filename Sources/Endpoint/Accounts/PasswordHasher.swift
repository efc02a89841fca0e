import Credentials
import Settings
import Site
import Synchronization

/// Hashes and checks passwords, one at a time: each costs memory and a tenth of a second of CPU time.
final class PasswordHasher: Sendable {
  private struct State {
    var waiting = 0
    /// By address and by network.
    var ofAskers: [NetworkAddress: Int] = [:]
    var ofNetworks: [NetworkAddress: Int] = [:]
  }

  private let thread = BlockingWork(threads: 1, isBehindAnswers: true)
  private let state = Mutex(State())
  /// A hash to check if there is no account, so that the response takes the same time.
  private let decoy: PasswordHash

  /// The longest queue, in total and per client; beyond, clients must retry.
  private static let mostWaiting = 32
  private static let mostOfAsker = 4
  private static let mostOfNetwork = 8

  /// Queued clients must retry.
  func stop() { thread.stop() }

  init() throws { decoy = try PasswordHash(of: SecretToken().text) }

  func hash(_ password: String, for asker: Asker) async throws -> String {
    try await run(for: asker) { try PasswordHash(of: password).description }
  }

  /// Whether the password is that of `stored`; nil means that there is no account.
  func matches(_ password: String, stored: String?, for asker: Asker) async throws -> Bool {
    let decoy = decoy
    return try await run(for: asker) {
      let isRight = try (stored.flatMap { PasswordHash($0) } ?? decoy).matches(password)
      return isRight && stored != nil
    }
  }

  private func run<Result: Sendable>(
    for asker: Asker, _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    guard enter(asker) else {
      throw Problem.busy("too many logins at the moment; try again in a few seconds") { $0(.problemLogins) }
    }
    defer { leave(asker) }
    return try await thread.run(body)
  }

  private func enter(_ asker: Asker) -> Bool {
    state.withLock { state in
      guard state.waiting < Self.mostWaiting, state.ofAskers[asker.near, default: 0] < Self.mostOfAsker,
        asker.wide.map({ state.ofNetworks[$0, default: 0] < Self.mostOfNetwork }) ?? true
      else { return false }
      state.waiting += 1
      state.ofAskers[asker.near, default: 0] += 1
      if let wide = asker.wide { state.ofNetworks[wide, default: 0] += 1 }
      return true
    }
  }

  private func leave(_ asker: Asker) {
    state.withLock { state in
      state.waiting -= 1
      Self.takeOne(asker.near, from: &state.ofAskers)
      if let wide = asker.wide { Self.takeOne(wide, from: &state.ofNetworks) }
    }
  }

  private static func takeOne(_ key: NetworkAddress, from counts: inout [NetworkAddress: Int]) {
    let rest = counts[key, default: 1] - 1
    counts[key] = rest > 0 ? rest : nil
  }
}
