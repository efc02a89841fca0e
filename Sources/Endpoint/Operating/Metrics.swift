import Platform
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The server's metrics; `text` is in the Prometheus format.
final class Metrics: Sendable {
  /// The Prometheus format.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Upper bounds of the histogram buckets in seconds.
  private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  private struct Histogram {
    var counts = [Int](repeating: 0, count: bounds.count + 1)
    var sum = 0.0
    var count = 0

    mutating func add(_ seconds: Double) {
      counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
      sum += seconds
      count += 1
    }
  }

  private struct State {
    /// By status.
    var answers: [Int: Int] = [:]
    var durations = Histogram()
    var commits = Histogram()
    var submissions = 0
    var failedCommits = 0
    var refreshes = Histogram()
    /// By outcome.
    var builds: [String: Int] = [:]
  }

  private let state = Mutex(State())
  private let files = Atomic(0)

  /// A file of the site was served.
  func recordFile() { files.add(1, ordering: .relaxed) }

  func recordAnswer(status: Int, seconds: Double) {
    state.withLock {
      $0.answers[status, default: 0] += 1
      $0.durations.add(seconds)
    }
  }

  func recordCommit(submissions: Int, seconds: Double) {
    state.withLock {
      $0.submissions += submissions
      $0.commits.add(seconds)
    }
  }

  func recordFailedCommit() { state.withLock { $0.failedCommits += 1 } }

  func recordRefresh(seconds: Double) { state.withLock { $0.refreshes.add(seconds) } }

  func recordBuild(_ outcome: String) { state.withLock { $0.builds[outcome, default: 0] += 1 } }

  /// - Parameter gauges: name, help and current value.
  func text(gauges: [(name: String, help: String, value: Double)]) -> String {
    let state = state.withLock { $0 }
    var lines: [String] = []
    func head(_ name: String, _ type: String, _ help: String) {
      lines.append("# HELP \(name) \(help)")
      lines.append("# TYPE \(name) \(type)")
    }
    head("marquee_files_served_total", "counter", "Files of the site that were served.")
    lines.append("marquee_files_served_total \(files.load(ordering: .relaxed))")
    head("marquee_requests_total", "counter", "Requests to the endpoint by status.")
    for (status, count) in state.answers.sorted(by: { $0.key < $1.key }) {
      lines.append("marquee_requests_total{status=\"\(status)\"} \(count)")
    }
    func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
      head(name, "histogram", help)
      var sum = 0
      for (position, bound) in Self.bounds.enumerated() {
        sum += histogram.counts[position]
        lines.append("\(name)_bucket{le=\"\(bound)\"} \(sum)")
      }
      lines.append("\(name)_bucket{le=\"+Inf\"} \(histogram.count)")
      lines.append("\(name)_sum \(histogram.sum)")
      lines.append("\(name)_count \(histogram.count)")
    }
    histogram("marquee_request_seconds", "How long requests to the endpoint took.", state.durations)
    histogram("marquee_commit_seconds", "How long a commit to the disk took.", state.commits)
    head("marquee_submissions_total", "counter", "Requests with ratings that were stored.")
    lines.append("marquee_submissions_total \(state.submissions)")
    head("marquee_failed_commits_total", "counter", "Commits that failed.")
    lines.append("marquee_failed_commits_total \(state.failedCommits)")
    histogram("marquee_refresh_seconds", "How long it took to fold a member in and write the page.", state.refreshes)
    head("marquee_builds_total", "counter", "Builds by outcome.")
    for (outcome, count) in state.builds.sorted(by: { $0.key < $1.key }) {
      lines.append("marquee_builds_total{outcome=\"\(outcome)\"} \(count)")
    }
    for gauge in gauges + Self.process {
      head(gauge.name, "gauge", gauge.help)
      lines.append("\(gauge.name) \(gauge.value)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Memory and open files of this process, if the system reports them.
  private static var process: [(name: String, help: String, value: Double)] {
    var gauges: [(name: String, help: String, value: Double)] = []
    if let fields = SystemFile.text("/proc/self/statm")?.split(separator: " ") {
      if fields.count > 1, let pages = Double(fields[1]) {
        gauges.append(
          ("process_resident_memory_bytes", "Memory in use.", pages * Double(sysconf(Int32(_SC_PAGESIZE)))))
      }
    }
    if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      gauges.append(("process_open_fds", "Open files.", Double(files.count)))
    }
    return gauges
  }
}
