import Foundation
import Members
import Publishing
import Ratings
import Settings
import Site
import Store
import Synchronization
import TestSupport
import Testing
import Workbench

/// Pages of members that a server writes while something else looks through the site.
@Suite struct MemberPageTests {
  @Test(.slow) func `a member's page that is written while others look for foreign files is nobody else's`()
    async throws
  {
    let site = try TinySite()
    try site.write("title: Tiny\ndata: ratings\nquality: quick\nmodels: [als]\nendpoint: /\n", to: "content/site.yaml")
    let folder = SiteFolder(site.place)
    try site.build()
    let place = site.place
    let output = try folder.builtSite()
    // Files of Marquee's that no build left there: looking at each takes a moment in which others write.
    var manifest = try #require(SiteManifest(folder: output))
    for number in 0..<3000 {
      let path = "api/users/a\(number).json"
      manifest.add(path)
      try Data().write(to: URL(fileURLWithPath: output + "/" + path))
    }
    try Data(manifest.bytes).write(to: URL(fileURLWithPath: output + "/" + SiteManifest.name))
    let members = try MemberRecommender(site: folder)
    let ratings = try RatingStore(path: folder.database).ratings(ofUser: 1)
    #expect(!ratings.isEmpty)
    let isDone = Flag()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var number = 0
        repeat {
          let changed = try members.refresh(SourceID("m\(number)"), ratings: ratings) { Privacy() }
          #expect(!changed.isEmpty)
          number += 1
        } while !isDone.isSet
      }
      group.addTask {
        defer { isDone.set() }
        for _ in 0..<6 {
          let report = DoctorReport(site: place, curl: nil)
          #expect(!report.text.contains("not Marquee's"), "\(report.text)")
        }
      }
      try await group.waitForAll()
    }
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
  }
}
