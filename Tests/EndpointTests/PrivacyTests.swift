import Foundation
import Ratings
import Site
import Store
import TestSupport
import Testing

/// Who does not want to be seen, or is gone, leaves no trace for others to see.
@Suite("Privacy", .serialized)
struct PrivacyTests {
  @Test(.slow, arguments: [PrivateClub.Event.hide, .leave, .remove])
  func `A member who hides or leaves is out of every response at once, and out of every file with the next build`(
    event: PrivateClub.Event
  ) async throws {
    let club = try await PrivateClub()
    for _ in 0..<3 { try await club.happen(.register) }
    try await club.happen(.build)
    #expect(club.missing() == [])
    try await club.happen(event)
    #expect(club.hidden.count == 1)
    #expect(try await club.faultsOfAnswers() == [])
    // Nothing is sent elsewhere before a build knows.
    try await club.happen(.deploy)
    try await club.happen(.killBuild)
    #expect(try await club.faultsOfAnswers() == [])
    try await club.happen(.killServer)
    #expect(try await club.faultsOfAnswers() == [])
    try await club.happen(.build)
    try await club.happen(.deploy)
    #expect(club.faultsOfFiles() == [])
    #expect(try await club.faultsOfAnswers() == [])
    #expect(club.missing() == [])
  }

  @Test func `A member who becomes visible again is back with the next build`() async throws {
    let club = try await PrivateClub()
    for event in [PrivateClub.Event.register, .hide, .build, .show, .build] { try await club.happen(event) }
    #expect(club.members.count == 1 && club.hidden == [] && club.missing() == [])
  }

  @Test(.slow, arguments: [20, 31])
  func `After random series of events nothing visible to others has a trace of hidden or removed members`(
    seed: UInt64
  ) async throws {
    let club = try await PrivateClub(seed: seed)
    for _ in 0..<3 { try await club.happen(.register) }
    for event in (0..<12).map({ _ in club.anyEvent() }) + [.build, .deploy] {
      try await club.happen(event)
      #expect(try await club.faultsOfAnswers() == [], "\(event)")
      if event == .build {
        #expect(club.faultsOfFiles().filter { !$0.hasPrefix("elsewhere/") } == [])
        #expect(club.missing() == [])
      }
      // What was sent before somebody hid is taken back with the next that is sent.
      if event == .deploy, !club.isPending { #expect(club.faultsOfFiles().filter { $0.hasPrefix("elsewhere/") } == []) }
    }
    club.server.process.terminate()
    club.server.process.waitUntilExit()
    #expect(club.server.process.terminationStatus == 0)
    #expect(club.faultsOfFiles() == [])
  }

  @Test(.slow) func `The search finds whom a broken filter lets through, in answers and in files`() async throws {
    let club = try await PrivateClub()
    for _ in 0..<3 { try await club.happen(.register) }
    try await club.happen(.build)
    try await club.happen(.hide)
    let name = try #require(club.hidden.first)
    #expect(try await club.faultsOfAnswers() == [])
    // The database is made to say that a build took everybody out who hides: files are shown as they are.
    try club.folder.changeDatabase("UPDATE privacy SET built = changed")
    try await Task.sleep(for: .milliseconds(600))
    let answers = try await club.faultsOfAnswers()
    for path in ["/users/", "/sitemap.xml"] {
      #expect(answers.contains { $0.hasPrefix(path) && $0.hasSuffix(": " + name) }, "\(path): \(answers)")
    }
    #expect(club.faultsOfFiles().contains { $0.hasPrefix("output/") })
    // Whatever else names them is found, wherever it lies.
    for place in ["output/assets/own.css", "elsewhere/feed.xml"] { try club.folder.write("/* \(name) */", to: place) }
    #expect(try await club.faultsOfAnswers().contains("/assets/own.css: \(name)"))
    #expect(Set(club.faultsOfFiles()).isSuperset(of: ["output/assets/own.css", "elsewhere/feed.xml"]))
  }

  @Test func `Names that differ by case are one member, and an unlisted one hides nobody else`() async throws {
    let folder = try PrivateClub.site()
    func traces() -> [String] { PrivateClub.traces(of: "Carla", in: ["output", ".output.next"], of: folder) }
    #expect(try PrivateClub.run("build", in: folder).status == 0)
    #expect(
      try PrivateClub.run("user", "add", "carlas-account", "--user", "Carla", "--unlisted", in: folder).status == 0)
    let server = try await ServerProcess(folder)
    defer { server.process.terminate() }
    let taken = try await server.client.ask(
      "POST", "/api/accounts", #"{"name": "carla", "password": "mild ginger otter"}"#)
    #expect(taken.status == 409)
    for path in ["/users/Carla/", "/users/carla/", "/api/users/Carla.json"] {
      #expect(try await server.client.get(path).status == 404)
    }
    #expect(try PrivateClub.run("build", in: folder).status == 0)
    #expect(traces() == [])
    // The account goes, the data stay, and so does what was asked.
    #expect(try PrivateClub.run("user", "remove", "carlas-account", in: folder).status == 0)
    #expect(try PrivateClub.run("build", in: folder).status == 0)
    #expect(traces() == [])
    #expect(try await server.client.get("/users/Carla/").status == 404)
  }
}

@Suite("Privacy that cannot be known")
struct UnknownPrivacyTests {
  @Test func `A database without readable privacy settings prevents the start`() async throws {
    let site = try MemberSite()
    _ = try site.token("anna", isListed: false)
    try site.folder.changeDatabase("DELETE FROM privacy")
    await #expect(throws: (any Error).self) { try await site.serving { _ in } }
  }
}
