import Foundation
import TestSupport
import Testing

/// What goes together within one sitting tells of ratings that were left out at random, not of the next ones.
@Suite struct `Sessions on pages` {
  private func weight(of model: String, in site: TinySite) throws -> Double {
    let data = try #require(try site.output["api/models.json"])
    let page = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let models = try #require(page["models"] as? [[String: Any]])
    let found = try #require(models.first { $0["name"] as? String == model })
    return try #require((found["settings"] as? [String: Any])?["session-weight"] as? Double)
  }

  @Test func `a build looks at no sessions unless its owner says so`() throws {
    let site = try TinySite()
    site.settings["models"] = "[biases, ease, list-blend]"
    try site.writeData()
    try site.build()
    #expect(try weight(of: "ease", in: site) == 0 && weight(of: "list-blend", in: site) == 0)
    try site.write("ease:\n  session-weight: 2\n", to: "content/models.yaml")
    try site.build()
    #expect(try weight(of: "ease", in: site) == 2 && weight(of: "list-blend", in: site) == 0)
  }
}
