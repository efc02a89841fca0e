import Site
import Testing

struct PathTests {
  @Test(arguments: [SiteConfiguration.Members.shown, .unlisted, .packed, .absent])
  func `the path of a file is known without rendering it`(members: SiteConfiguration.Members) throws {
    var configuration = Fixture.configuration
    configuration.members = members
    configuration.memberSecret = "a secret of the tests"
    // Packed members are for sites without accounts.
    if members != .packed { configuration.endpoint = "/" }
    let website = try Fixture.website(configuration, lists: [ListTests.list(ListTests.source)])
    var bytes: [UInt8] = []
    for index in 0..<website.outputCount {
      #expect(try website.render(index, into: &bytes) == website.path(of: index))
    }
  }
}
