import Foundation
import Pipeline
import Ratings
import Site
import Store
import TestSupport
import Testing

/// Who does not want to be seen, or is gone, leaves no trace for others to see.
@Suite("Privacy", .serialized)
struct PrivacyTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var lines = "user,movie,rating\n"
    for user in 1...30 {
      for movie in 1...12 where (user * 7 + movie * 5) % 4 != 0 {
        lines += "\(user),\(movie),\((user + movie) % 2 == 0 ? 4 + user % 2 : 1 + movie % 2)\n"
      }
    }
    lines += "Carla,1,5\nCarla,2,4\n"
    try folder.write(lines, to: "content/ratings.csv")
    // Nothing is packed, so that every byte can be searched.
    try folder.write(
      "title: Club\ndata: ratings.csv\nquality: quick\nrebuild: quick\nendpoint: /\ncompress: []\n"
        + "serve:\n  registrations-per-hour: 1000\n  logins-per-minute: 1000\ndeploy:\n  - folder: \(folder.path("elsewhere"))\n",
      to: "content/site.yaml")
  }

  private func run(_ arguments: String...) throws -> MarqueeProcess.Outcome {
    try MarqueeProcess.run([arguments[0]] + arguments.dropFirst() + ["--site", folder.url.path])
  }

  /// Files below some folders whose paths or bytes hold a text.
  private func traces(of text: String, in folders: [String]) -> [String] {
    let word = Data(text.utf8)
    return folders.flatMap { name -> [String] in
      let root = folder.path(name)
      let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
      return paths.filter { path in
        path.contains(text)
          || FileManager.default.contents(atPath: root + "/" + path).map { $0.range(of: word) != nil } ?? false
      }.map { name + "/" + $0 }
    }
  }

  private struct Member {
    var token: String
    var isListed = true
    var isRemoved = false
    /// Whether a build knows that it is hidden.
    var isForgotten = false
  }

  /// What the interface answers besides files, to anybody who asks.
  private static let questions = [
    "/api/builds", "/api/collected-ratings", "/api/similar/1", "/api/recommendations", "/api/openapi.json", "/api/me",
    "/api/ratings", "/account/", "/account/rate/?q=1", "/account/export?format=json", "/metrics", "/robots.txt",
  ]

  /// Paths of the published site as they are asked for.
  private func published() -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path("output"))) ?? []
    return paths.sorted().filter { $0.contains(".") && !$0.hasPrefix(".") }.map { path in
      let name = "/" + path
      return name.hasSuffix("/index.html") ? String(name.dropLast("index.html".count)) : name
    }
  }

  @Test(.slow, arguments: [20, 31])
  func `After random series of events nothing that others can see has a trace of who is hidden or gone`(
    seed: UInt64
  ) async throws {
    #expect(try run("build").status == 0)
    var random = CounterRandom(seed: seed)
    var server = try await ServerProcess(folder)
    _ = try run("user", "add", "boss", "--owner")
    let owner = try run("user", "token", "boss").output.trimmingCharacters(in: .whitespacesAndNewlines)
    var members: [String: Member] = [:]
    var isPending = false
    func pick(_ isFit: (Member) -> Bool) -> String? {
      let names = members.filter { isFit($0.value) }.keys.sorted()
      return names.isEmpty ? nil : names[Int(random.uniform() * Double(names.count))]
    }
    func isTraceless(_ answer: RawClient.Answer, of hidden: [String]) -> [String] {
      let words = answer.text + answer.headers.values.joined(separator: "\n")
      return hidden.filter { words.contains($0) }
    }
    /// Every answer, of the files and of the interface, as strangers and other members get it, at every moment: also before
    /// a build knows.
    func checkAnswers() async throws {
      let hidden = members.filter { $0.value.isRemoved || !$0.value.isListed }.keys.sorted()
      guard !hidden.isEmpty else { return }
      let other = members.first { !$0.value.isRemoved && $0.value.isListed }?.value.token
      for path in published() + Self.questions {
        for token in Self.questions.contains(path) ? [nil, other] : [nil] {
          let answer = try await server.client.ask("GET", path, token: token)
          #expect(answer.status < 500, "\(path): \(answer.status)")
          #expect(isTraceless(answer, of: hidden) == [], "\(path)")
        }
      }
    }
    func checkPages() async throws {
      for (name, member) in members where member.isRemoved || !member.isListed {
        for path in ["/users/\(name)/", "/users/\(name.uppercased())/", "/api/users/\(name).json"] {
          #expect(try await server.client.get(path).status == 404, "\(path)")
        }
        if !member.isRemoved {
          let own = try await server.client.ask("GET", "/users/\(name)/", token: member.token)
          #expect(own.status == 200 && own.headers["cache-control"] == "private, no-cache", "\(name): \(own.status)")
          #expect(try await server.client.ask("GET", "/api/users/\(name).json", token: member.token).status == 200)
        }
      }
      let collected = try await server.client.ask("GET", "/api/collected-ratings", token: owner).text
      for name in members.keys { #expect(!collected.contains(name)) }
    }
    func build() throws {
      #expect(try run("build").status == 0)
      isPending = false
      for (name, member) in members where member.isRemoved || !member.isListed {
        let places = ["output", ".output.next"] + (member.isRemoved ? [".marquee"] : [])
        #expect(traces(of: name, in: places) == [], "\(name)")
      }
      for (name, member) in members where !member.isRemoved && member.isListed {
        #expect(!traces(of: name, in: ["output"]).isEmpty, "\(name)")
      }
    }
    func event(_ kind: Int) async throws {
      switch kind {
      case 0:
        let name = "quokka-\(members.count)x"
        let answer = try await server.client.ask(
          "POST", "/api/accounts", #"{"name": "\#(name)", "password": "mild ginger otter"}"#)
        let token = try #require(answer.field("token"), "\(answer.text)")
        members[name] = Member(token: token)
        for movie in 1...4 {
          _ = try await server.client.ask("PUT", "/api/ratings/\(movie)", #"{"stars": 4}"#, token: token)
        }
      case 1, 2:
        guard let name = pick({ !$0.isRemoved && $0.isListed == (kind == 1) }), let member = members[name] else {
          return
        }
        let change = try await server.client.ask("PATCH", "/api/me", #"{"listed": \#(kind == 2)}"#, token: member.token)
        #expect(change.status == 200)
        members[name]?.isListed = kind == 2
        isPending = true
      case 3:
        guard let name = pick({ !$0.isRemoved }), let member = members[name] else { return }
        let gone = try await server.client.ask(
          "DELETE", "/api/me", #"{"password": "mild ginger otter"}"#, token: member.token)
        #expect(gone.status == 204)
        members[name]?.isRemoved = true
        isPending = true
      case 4:
        guard let name = pick({ !$0.isRemoved }) else { return }
        #expect(try run("user", "remove", name).status == 0)
        members[name]?.isRemoved = true
        isPending = true
        // The server looks before it answers, twice a second.
        try await Task.sleep(for: .milliseconds(600))
      case 5: try build()
      case 8:
        // A build that is killed anywhere.
        let process = try MarqueeProcess.start(["build", "--site", folder.url.path], in: folder.url.path)
        try await Task.sleep(for: .milliseconds(Int(random.uniform() * 400)))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
      case 6:
        let sent = try run("deploy", "--force")
        #expect((sent.status == 0) != isPending, "\(sent.errors)")
        guard sent.status == 0 else { return }
        for (name, member) in members where member.isRemoved || !member.isListed {
          #expect(traces(of: name, in: ["elsewhere"]) == [])
        }
      default:
        kill(server.process.processIdentifier, SIGKILL)
        server.process.waitUntilExit()
        server = try await ServerProcess(folder)
      }
    }
    // Each kind at least once, then by chance.
    let kinds = [0, 0, 0, 5, 1, 6, 3, 8, 5, 6, 4, 7, 2, 5] + (0..<12).map { _ in Int(random.uniform() * 9) } + [5, 6]
    for kind in kinds {
      try await event(kind)
      try await checkPages()
      try await checkAnswers()
    }
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
    for (name, member) in members where member.isRemoved { #expect(traces(of: name, in: [".marquee"]) == []) }
  }

  @Test func `Names that differ by case are not two people, and an unlisted one hides nobody else`() async throws {
    #expect(try run("build").status == 0)
    #expect(try run("user", "add", "carlas-account", "--user", "Carla", "--unlisted").status == 0)
    let server = try await ServerProcess(folder)
    defer { server.process.terminate() }
    let taken = try await server.client.ask(
      "POST", "/api/accounts", #"{"name": "carla", "password": "mild ginger otter"}"#)
    #expect(taken.status == 409)
    for path in ["/users/Carla/", "/users/carla/", "/api/users/Carla.json"] {
      #expect(try await server.client.get(path).status == 404)
    }
    #expect(try run("build").status == 0)
    #expect(traces(of: "Carla", in: ["output", ".output.next"]) == [])
    // The account goes, the data stay, and so does what was asked.
    #expect(try run("user", "remove", "carlas-account").status == 0)
    #expect(try run("build").status == 0)
    #expect(traces(of: "Carla", in: ["output", ".output.next"]) == [])
    #expect(try await server.client.get("/users/Carla/").status == 404)
  }
}

@Suite("Privacy that cannot be known")
struct UnknownPrivacyTests {
  @Test func `A database that cannot say who is hidden stops the start`() async throws {
    let site = try MemberSite()
    _ = try site.token("anna", isListed: false)
    try site.folder.damage()
    await #expect(throws: (any Error).self) { try await site.serving { _ in } }
  }
}

extension TemporaryFolder {
  /// Takes the row away that tells of privacy.
  fileprivate func damage() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('DELETE FROM privacy'); c.commit()",
      path(".marquee/marquee.sqlite"),
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
