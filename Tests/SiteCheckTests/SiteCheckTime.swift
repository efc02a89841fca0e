import SiteCheck
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How long a built site takes: `MARQUEE_CHECK=DIR swift test -c release --filter SiteCheckTime` prints it.
@Suite(
  "The time of a check",
  .enabled(if: ProcessInfo.processInfo.environment["MARQUEE_CHECK"] != nil, "set MARQUEE_CHECK to a built site"))
struct SiteCheckTime {
  @Test("is printed")
  func time() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["MARQUEE_CHECK"])
    let start = ContinuousClock.now
    let report = try SiteCheck(folder: folder).run()
    print(
      "\(report.pages) pages, \(report.links) links, \(report.jsonFiles) JSON files: \(ContinuousClock.now - start)")
    print("\(report.problemCount) problems", report.problems.prefix(5))
    #expect(report.pages > 0)
  }
}
