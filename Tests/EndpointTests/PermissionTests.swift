import Foundation
import TestSupport
import Testing

/// What builds and accounts keep is for its owner alone, whatever the process lets others do by default.
@Suite("Files and rights", .serialized)
struct PermissionTests {
  private func mode(_ path: String) throws -> Int {
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    return (facts[.posixPermissions] as? Int ?? -1) & 0o777
  }

  @Test func `Databases, copies and members' tables are 0600, their folder 0700`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("user,movie,rating\n1,1,4\n1,2,3\n2,1,5\n2,2,2\n", to: "content/ratings.csv")
    try folder.write(
      "title: Club\ndata: ratings.csv\nquality: quick\nendpoint: /\nmembers: unlisted\nmember-secret: abcdefghijklmnop\n",
      to: "content/site.yaml")
    for arguments in [["build"], ["user", "add", "anna"], ["backup", folder.path("copy.sqlite")], ["build"]] {
      let done = try MarqueeProcess.run(arguments + ["--site", folder.url.path])
      #expect(done.status == 0, "\(arguments): \(done.errors)")
    }
    let server = try await ServerProcess(folder)
    let state = folder.path(".marquee")
    #expect(try mode(state) == 0o700)
    #expect(try mode(folder.path("copy.sqlite")) == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: state)
    #expect(names.contains("marquee.sqlite-wal"))
    for name in names where name.hasPrefix("marquee.sqlite") || name.hasSuffix(".csv") {
      #expect(try mode("\(state)/\(name)") == 0o600, "\(name)")
    }
    server.process.terminate()
    server.process.waitUntilExit()
    let restored = try MarqueeProcess.run([
      "backup", "--restore", folder.path("copy.sqlite"), "--site", folder.url.path,
    ])
    #expect(restored.status == 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: state) where name.hasPrefix("marquee.sqlite") {
      #expect(try mode("\(state)/\(name)") == 0o600, "\(name)")
    }
  }

  @Test func `The units give nothing to others and have room for connections`() throws {
    for name in ["marquee.service", "marquee-backup.service"] {
      let path = SharedData.repository.appendingPathComponent("deploy/\(name)")
      let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map(String.init)
      #expect(lines.contains("UMask=0077"), "\(name)")
      if name == "marquee.service" {
        let limit = lines.first { $0.hasPrefix("LimitNOFILE=") }?.split(separator: "=").last.flatMap { Int($0) }
        // Every connection that the settings allow, and a reserve.
        #expect(limit.map { $0 >= 2000 + 100 } == true)
      }
    }
  }
}
