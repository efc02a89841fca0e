import Foundation
import TestSupport
import Testing

@Suite("From a rating to a page", .serialized)
struct JourneyTests {
  /// A site that a build has made: 40 people of two tastes and 12 movies.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var lines = "user,movie,rating\n"
    for user in 1...40 {
      for movie in 1...12 where (user * 7 + movie * 5) % 4 != 0 {
        lines += "\(user),\(movie),\((user + movie) % 2 == 0 ? 4 + user % 2 : 1 + movie % 2)\n"
      }
    }
    try folder.write(lines, to: "content/ratings.csv")
    try folder.write(
      "title: Club\ndata: ratings.csv\nquality: quick\nrebuild: quick\nendpoint: /\n", to: "content/site.yaml")
    try build()
  }

  private func build() throws {
    let built = try MarqueeProcess.run(["build", "--site", folder.url.path])
    try #require(built.status == 0, "\(built.errors)")
  }

  private func register(_ name: String, _ server: ServerProcess) async throws -> String {
    let answer = try await server.client.ask(
      "POST", "/api/accounts", #"{"name": "\#(name)", "password": "mild ginger otter"}"#)
    return try #require(answer.field("token"))
  }

  /// What `body` gives as soon as it gives something; it is asked for a minute.
  private func eventually<Value>(_ body: () async throws -> Value?) async throws -> Value {
    for _ in 0..<1200 {
      if let value = try await body() { return value }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw ServerProcess.NotReady()
  }

  private func stop(_ server: ServerProcess) {
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
  }

  private func text(_ path: String) -> String? { (try? folder.read(path)).map { String(decoding: $0, as: UTF8.self) } }

  @Test func `A rating is on the member's page and list without a build`() async throws {
    let server = try await ServerProcess(folder)
    let token = try await register("berta", server)
    let pages = ["output/users/berta/index.html", "output/api/users/berta.json"]
    for (count, movie) in [(1, 2), (2, 4)] {
      let answer = try await server.client.ask("PUT", "/api/ratings/\(movie)", #"{"stars": 5}"#, token: token)
      #expect(answer.status == 200)
      _ = try await eventually { text(pages[1])?.contains(#""ratings":\#(count),"#) == true ? true : nil }
      #expect(text(pages[0])?.contains("movies/\(movie)-") == true)
    }
    let list = try await server.client.ask("GET", "/api/recommendations?top=12", token: token)
    #expect(list.status == 200)
    // What was rated is on no list, and what those who rated alike like comes first.
    #expect(list.text.contains(#"{"id":6,"#) && !list.text.contains(#"{"id":2,"title":"2","stars""#))
    let first = try #require(list.text.firstRange(of: #":[{"id":"#)).upperBound
    #expect(["6", "8", "1"].contains(String(list.text[first...].prefix { $0.isNumber }).prefix(1)))
    // The site's numbers are those of the last build.
    #expect(try await server.client.get("/build.json").text.contains(#""users":40"#))
    stop(server)
  }

  @Test(.slow) func `Ratings of a quiet period are one build, which has them all`() async throws {
    let server = try await ServerProcess(folder, ["rebuild-quiet=1", "rebuild-wait=60", "retrain-hours=0"])
    let token = try await register("carla", server)
    for movie in 1...6 {
      #expect(
        try await server.client.ask("PUT", "/api/ratings/\(movie)", #"{"stars": 4}"#, token: token).status == 200)
    }
    let builds = try await eventually {
      let text = try await server.client.get("/api/builds").text
      return text.contains(#""users":41"#) && text.contains("idle") ? text : nil
    }
    // The one on the command line was the first.
    #expect(builds.ranges(of: #""outcome":"succeeded""#).count == 2)
    #expect(text("output/build.json")?.contains(#""users":41"#) == true)
    #expect(text("output/users/carla/index.html") != nil)
    stop(server)
  }

  @Test(.slow, arguments: [("retrain-share=0", true), ("retrain-share=1", false)])
  func `Quick builds fold ratings in until a share of them is new`(share: String, isFoldedIn: Bool) async throws {
    let server = try await ServerProcess(folder, ["rebuild-quiet=1", "retrain-hours=0", share])
    let token = try await register("gerda", server)
    for movie in 1...4 {
      _ = try await server.client.ask("PUT", "/api/ratings/\(movie)", #"{"stars": 4}"#, token: token)
    }
    _ = try await eventually { text("output/build.json")?.contains(#""users":41"#) == true ? true : nil }
    #expect(text("output/build.json")?.contains(#""rebuild":"quick""#) == isFoldedIn)
    stop(server)
  }

  @Test(.slow) func `The owner starts builds and takes the collected ratings, and a member cannot`() async throws {
    let server = try await ServerProcess(folder)
    let token = try await register("dora", server)
    _ = try await server.client.ask("PUT", "/api/ratings/3", #"{"stars": 2}"#, token: token)
    for (method, path) in [("POST", "/api/rebuild"), ("GET", "/api/collected-ratings")] {
      #expect(try await server.client.ask(method, path, token: token).status == 403)
      #expect(try await server.client.ask(method, path).status == 401)
    }
    #expect(try MarqueeProcess.run(["user", "add", "--site", folder.url.path, "boss", "--owner"]).status == 0)
    let owner = try MarqueeProcess.run(["user", "token", "--site", folder.url.path, "boss"]).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let collected = try await server.client.ask("GET", "/api/collected-ratings", token: owner)
    #expect(collected.headers["content-type"] == "text/csv; charset=utf-8")
    let lines = collected.text.split(separator: "\n")
    #expect(
      lines.count == 2 && lines[0] == "user,movie,rating,timestamp" && lines[1].hasPrefix("m-")
        && lines[1].contains(",3,2.0,"))
    #expect(!collected.text.contains("dora"))
    #expect(try await server.client.ask("POST", "/api/rebuild", token: owner).status == 202)
    _ = try await eventually {
      try await server.client.get("/api/builds").text.contains(#""outcome":"succeeded""#) ? true : nil
    }
    stop(server)
  }

  @Test(.slow) func `A backup of a running server's database can be restored`() async throws {
    let server = try await ServerProcess(folder)
    let token = try await register("hanna", server)
    _ = try await server.client.ask("PUT", "/api/ratings/3", #"{"stars": 2}"#, token: token)
    let copy = folder.path("copy.sqlite")
    let backup = { (arguments: [String]) in
      try MarqueeProcess.run(["backup", "--site", folder.url.path] + arguments)
    }
    #expect(try backup([copy]).status == 0)
    _ = try await server.client.ask("PUT", "/api/ratings/4", #"{"stars": 5}"#, token: token)
    let refused = try backup(["--restore", copy])
    #expect(refused.status == 1 && refused.errors.contains("server"), "\(refused.errors)")
    stop(server)
    #expect(try backup(["--restore", folder.path("content/ratings.csv")]).status == 1)
    #expect(try backup(["--restore", copy]).status == 0)
    let again = try await ServerProcess(folder)
    // Who was logged in when the copy was made is not any more.
    #expect(try await again.client.ask("GET", "/api/me", token: token).status == 401)
    let login = #"{"name": "hanna", "password": "mild ginger otter"}"#
    let new = try #require(try await again.client.ask("POST", "/api/sessions", login).field("token"))
    let ratings = try await again.client.ask("GET", "/api/ratings?format=csv", token: new).text
    #expect(ratings.split(separator: "\n").count == 2 && ratings.contains("\n3,"), "\(ratings)")
    stop(again)
  }

  @Test(.slow) func `A page waits for the build where the theme is newer than the site`() async throws {
    let server = try await ServerProcess(folder)
    let token = try await register("erna", server)
    try folder.write("body { color: red }\n", to: "site-templates/assets/style.css")
    _ = try await server.client.ask("PUT", "/api/ratings/3", #"{"stars": 5}"#, token: token)
    _ = try await eventually { text("output/api/users/erna.json")?.contains(#""ratings":1,"#) == true ? true : nil }
    #expect(text("output/users/erna/index.html") == nil)
    stop(server)
    try build()
    #expect(text("output/users/erna/index.html") != nil)
  }

  @Test func `Ratings are returned for one movie, or for all`() async throws {
    let server = try await ServerProcess(folder)
    let token = try await register("frida", server)
    for movie in [3, 5] {
      _ = try await server.client.ask("PUT", "/api/ratings/\(movie)", #"{"stars": 5}"#, token: token)
    }
    let count = { (path: String) in
      try await server.client.ask("GET", path, token: token).text.ranges(of: #""stars""#).count
    }
    #expect(try await count("/api/ratings") == 2)
    #expect(try await count("/api/ratings?movie=5") == 1)
    #expect(try await count("/api/ratings?movie=7") == 0)
    stop(server)
  }
}
