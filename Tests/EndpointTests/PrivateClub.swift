import Foundation
import Ratings
import TestSupport
import Testing

/// A club whose members come, hide and leave, on a server of its own, and all that others can see of them.
final class PrivateClub {
  struct Member {
    var token: String
    var isListed = true
    var isRemoved = false

    var isHidden: Bool { isRemoved || !isListed }
  }

  enum Event: CaseIterable {
    case register, hide, show, leave
    /// By `marquee user remove`, while the server runs.
    case remove
    case build, deploy
    /// At any moment, by SIGKILL.
    case killBuild, killServer
  }

  let folder: TemporaryFolder
  private(set) var members: [String: Member] = [:]
  private(set) var server: ServerProcess
  /// Whether somebody hid, showed themselves or left whom no build knows of.
  private(set) var isPending = false
  private let owner: String
  private var random: CounterRandom

  /// - Parameter seed: of what happens by chance.
  init(seed: UInt64 = 1) async throws {
    random = CounterRandom(seed: seed)
    folder = try Self.site()
    #expect(try Self.run("build", in: folder).status == 0)
    server = try await ServerProcess(folder)
    _ = try Self.run("user", "add", "boss", "--owner", in: folder)
    owner = try Self.run("user", "token", "boss", in: folder).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  deinit { server.process.terminate() }

  /// A site whose files are not packed, so that every byte can be searched.
  static func site() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var lines = "user,movie,rating\n"
    for user in 1...30 {
      for movie in 1...12 where (user * 7 + movie * 5) % 4 != 0 {
        lines += "\(user),\(movie),\((user + movie) % 2 == 0 ? 4 + user % 2 : 1 + movie % 2)\n"
      }
    }
    lines += "Carla,1,5\nCarla,2,4\n"
    try folder.write(lines, to: "content/ratings.csv")
    try folder.write(
      "title: Club\ndata: ratings.csv\nquality: quick\nrebuild: quick\nendpoint: /\ncompress: []\n"
        + "serve:\n  registrations-per-hour: 1000\n  logins-per-minute: 1000\ndeploy:\n  - folder: \(folder.path("elsewhere"))\n",
      to: "content/site.yaml")
    return folder
  }

  static func run(_ arguments: String..., in folder: TemporaryFolder) throws -> MarqueeProcess.Outcome {
    try MarqueeProcess.run([arguments[0]] + arguments.dropFirst() + ["--site", folder.url.path])
  }

  // MARK: What happens

  func happen(_ event: Event) async throws {
    switch event {
    case .register: try await register()
    case .hide: try await setListed(false)
    case .show: try await setListed(true)
    case .leave:
      guard let name = pick({ !$0.isRemoved }), let member = members[name] else { return }
      let gone = try await server.client.ask(
        "DELETE", "/api/me", #"{"password": "mild ginger otter"}"#, token: member.token)
      #expect(gone.status == 204)
      noteRemoved(name)
    case .remove:
      guard let name = pick({ !$0.isRemoved }) else { return }
      #expect(try Self.run("user", "remove", name, in: folder).status == 0)
      noteRemoved(name)
      // The server looks before it answers, twice a second.
      try await Task.sleep(for: .milliseconds(600))
    case .build:
      #expect(try Self.run("build", in: folder).status == 0)
      isPending = false
    case .killBuild:
      let process = try MarqueeProcess.start(["build", "--site", folder.url.path], in: folder.url.path)
      try await Task.sleep(for: .milliseconds(Int(random.uniform() * 400)))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    case .deploy:
      let sent = try Self.run("deploy", "--force", in: folder)
      #expect((sent.status == 0) != isPending, "\(sent.errors)")
    case .killServer:
      kill(server.process.processIdentifier, SIGKILL)
      server.process.waitUntilExit()
      server = try await ServerProcess(folder)
    }
  }

  private func register() async throws {
    let name = "quokka-\(members.count)x"
    let answer = try await server.client.ask(
      "POST", "/api/accounts", #"{"name": "\#(name)", "password": "mild ginger otter"}"#)
    let token = try #require(answer.field("token"), "\(answer.text)")
    members[name] = Member(token: token)
    // All of them have one taste.
    for movie in 1...8 {
      let rating = #"{"stars": \#(movie % 3 + 2)}"#
      _ = try await server.client.ask("PUT", "/api/ratings/\(movie)", rating, token: token)
    }
  }

  private func setListed(_ isListed: Bool) async throws {
    guard let name = pick({ !$0.isRemoved && $0.isListed != isListed }), let member = members[name] else { return }
    let change = try await server.client.ask("PATCH", "/api/me", #"{"listed": \#(isListed)}"#, token: member.token)
    #expect(change.status == 200)
    members[name]?.isListed = isListed
    isPending = true
  }

  private func noteRemoved(_ name: String) {
    members[name]?.isRemoved = true
    isPending = true
  }

  private func pick(_ isFit: (Member) -> Bool) -> String? {
    let names = members.filter { isFit($0.value) }.keys.sorted()
    return names.isEmpty ? nil : names[Int(random.uniform() * Double(names.count))]
  }

  /// Any of the events.
  func anyEvent() -> Event { Event.allCases[Int(random.uniform() * Double(Event.allCases.count))] }

  // MARK: What others see

  /// Who must not be seen.
  var hidden: [String] { members.filter(\.value.isHidden).keys.sorted() }

  /// What the interface answers besides files, to anybody who asks.
  private static let questions = [
    "/api/builds", "/api/collected-ratings", "/api/similar/1", "/api/recommendations", "/api/openapi.json", "/api/me",
    "/api/ratings", "/account/", "/account/rate/?q=1", "/account/export?format=json", "/metrics", "/robots.txt",
  ]

  /// Every answer, of the files and of the interface, as strangers and other members get it, in which somebody shows who must
  /// not be seen, or which is an error of the server: at every moment, also before a build knows.
  func faultsOfAnswers() async throws -> [String] {
    guard !hidden.isEmpty else { return [] }
    var faults: [String] = []
    let other = members.first { !$0.value.isHidden }?.value.token
    for path in Self.published(in: folder) + Self.questions {
      for token in Self.questions.contains(path) ? [nil, other] : [nil] {
        let answer = try await server.client.ask("GET", path, token: token)
        if answer.status >= 500 { faults.append("\(path): \(answer.status)") }
        let words = answer.text + answer.headers.values.joined(separator: "\n")
        faults += hidden.filter { words.contains($0) }.map { "\(path): \($0)" }
      }
    }
    return try await faults + faultsOfPages()
  }

  /// Pages of hidden members that others get, and those that the members themselves do not get.
  private func faultsOfPages() async throws -> [String] {
    var faults: [String] = []
    for (name, member) in members where member.isHidden {
      for path in ["/users/\(name)/", "/users/\(name.uppercased())/", "/api/users/\(name).json"] {
        let status = try await server.client.get(path).status
        if status != 404 { faults.append("\(path): \(status)") }
        guard !member.isRemoved, !path.contains(name.uppercased()) else { continue }
        let own = try await server.client.ask("GET", path, token: member.token)
        if own.status != 200 || own.headers["cache-control"] != "private, no-cache" {
          faults.append("\(path), for the member: \(own.status)")
        }
      }
    }
    let collected = try await server.client.ask("GET", "/api/collected-ratings", token: owner).text
    return faults + members.keys.filter { collected.contains($0) }.map { "collected ratings: \($0)" }
  }

  /// Files in which somebody shows who must not be seen: of the site and what was sent from it, and of whoever is gone also
  /// the state of builds. Where a build knows of everybody.
  func faultsOfFiles() -> [String] {
    hidden.flatMap { name in
      let isRemoved = members[name]?.isRemoved == true
      return Self.traces(
        of: name, in: ["output", ".output.next", "elsewhere"] + (isRemoved ? [".marquee"] : []), of: folder)
    }
  }

  /// Members with a page for all whom no file of the site knows.
  func missing() -> [String] {
    members.filter { !$0.value.isHidden }.keys.filter { Self.traces(of: $0, in: ["output"], of: folder).isEmpty }
  }

  /// Files below some folders whose paths or bytes hold a text.
  static func traces(of text: String, in folders: [String], of folder: TemporaryFolder) -> [String] {
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

  /// Paths of the published site as they are asked for.
  private static func published(in folder: TemporaryFolder) -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path("output"))) ?? []
    return paths.sorted().filter { $0.contains(".") && !$0.hasPrefix(".") }.map { path in
      let name = "/" + path
      return name.hasSuffix("/index.html") ? String(name.dropLast("index.html".count)) : name
    }
  }
}

extension TemporaryFolder {
  /// Changes the site's database behind everybody's back.
  func changeDatabase(_ sql: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()",
      path(".marquee/marquee.sqlite"), sql,
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
