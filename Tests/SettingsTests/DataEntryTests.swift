import Settings
import TestSupport
import Testing

@Suite struct `Entries of data in site.yaml` {
  private let site: TemporaryFolder

  init() throws { site = try TemporaryFolder() }

  private func settings(_ data: String) throws -> SiteSettings {
    try site.write("title: Films\n\(data)", to: "content/site.yaml")
    return try SiteSettings(readingFrom: SiteFolder(site.path))
  }

  @Test func `name paths, and people whose exports they are`() throws {
    let settings = try settings("data:\n  - ../ratings\n  - path: ../ann.zip\n    user: ann\n  - path: ../more.csv\n")
    #expect(settings.data == ["ratings", "ann.zip", "more.csv"].map { site.path($0) })
    #expect(settings.dataUsers == [site.path("ann.zip"): "ann"])
    #expect(try self.settings("data: ../one.csv\n").data == [site.path("one.csv")])
    #expect(try self.settings("data: {path: ../one.zip, user: bob}\n").dataUsers == [site.path("one.zip"): "bob"])
  }

  @Test(arguments: [
    ("data:\n  - path: a.zip\n    usr: ann\n", "has no “usr”"), ("data:\n  - user: ann\n", "has no “path”"),
  ])
  func `of another shape are refused with their line`(data: String, words: String) {
    let error = #expect(throws: SettingsError.self) { try settings(data) }
    #expect(error.map { "\($0)" }?.contains(words) == true)
  }
}
