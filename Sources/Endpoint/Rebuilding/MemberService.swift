import HTTPTypes
import Members
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sends requests to the process with the models (`MemberWorker`), which runs on demand.
final class MemberService: Sendable {
  private let site: String
  /// One thread: one request after the other.
  private let thread = BlockingWork(threads: 1)
  private let child = Mutex<ChildProcess?>(nil)
  private let waiting = Atomic(0)
  private let lastUse = Mutex(ContinuousClock.now)
  private let isStopped = Atomic(false)

  private static let mostWaiting = 200
  /// The timeout of a response, including loading the models.
  private static let patience = Duration.seconds(60)
  /// How long the process stays without a request.
  static let idleTime = Duration.seconds(180)

  init(site: String) { self.site = site }

  func ask(_ question: MemberQuestion) async throws -> MemberAnswer {
    defer { waiting.subtract(1, ordering: .relaxed) }
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
      throw Problem.busy("too many lists are being computed at the moment")
    }
    do {
      return try await thread.run { try self.exchange(question) }
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(
        .serviceUnavailable, "lists are not available at the moment; try again", headers: [.retryAfter: "10"])
    }
  }

  private func exchange(_ question: MemberQuestion) throws -> MemberAnswer {
    let line = try JSONEncoder().encode(question) + Data("\n".utf8)
    for attempt in 0..<2 {
      guard !isStopped.load(ordering: .relaxed) else { throw Problem.busy("the server is stopping") }
      let isLate = Atomic(false)
      do {
        let process = try running()
        // A request without a response must not block those that follow.
        let watch = Task {
          try await Task.sleep(for: Self.patience)
          isLate.store(true, ordering: .relaxed)
          process.end()
        }
        defer { watch.cancel() }
        try process.input.write(Array(line))
        let answer = try JSONDecoder().decode(MemberAnswer.self, from: try Self.line(of: process.output))
        lastUse.withLock { $0 = .now }
        return answer
      } catch {
        drop()
        // After a timeout the request fails; after a killed process it is retried.
        if attempt == 1 || isLate.load(ordering: .relaxed) { throw error }
      }
    }
    throw Problem.busy("lists are not available at the moment")
  }

  private func running() throws -> ChildProcess {
    if let known = child.withLock({ $0 }) { return known }
    let new = try ChildProcess(["member-worker", "--site", site], priority: .behindAnswers, readsErrors: false)
    child.withLock { $0 = new }
    return new
  }

  private func drop() {
    let old = child.withLock { child in
      defer { child = nil }
      return child
    }
    guard let old else { return }
    old.end()
    _ = old.wait()
  }

  private struct Ended: Error {}

  private static func line(of output: PipeEnd) throws -> Data {
    var line = Data()
    while true {
      let block = output.read()
      guard !block.isEmpty else { throw Ended() }
      line += block
      if line.last == UInt8(ascii: "\n") { return line }
    }
  }

  /// Ends the process after an idle period.
  func stopIfIdle() {
    guard waiting.load(ordering: .relaxed) == 0, child.withLock({ $0 != nil }),
      ContinuousClock.now - lastUse.withLock({ $0 }) > Self.idleTime
    else { return }
    Task { try? await thread.run { self.drop() } }
  }

  func stop() async {
    isStopped.store(true, ordering: .relaxed)
    child.withLock { $0?.end() }
    try? await thread.run { self.drop() }
  }
}
