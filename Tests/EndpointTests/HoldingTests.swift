import Endpoint
import Foundation
import Settings
import Store
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Those who hold connections, limits and memory, and everybody else beside them.
@Suite("Denial of service", .slow, .serialized)
struct HoldingTests {
  /// Connections that send one text and then nothing.
  private struct Holders: ~Copyable {
    let sockets: [Int32]

    init(_ count: Int, of client: RawClient, from own: UInt8 = 1, sending text: String) throws {
      sockets = try (0..<count).map { _ in try client.connection(from: own) }
      for socket in sockets { send(text, to: socket) }
    }

    func send(_ text: String, to socket: Int32) {
      var bytes = text
      bytes.withUTF8 { _ = write(socket, $0.baseAddress, $0.count) }
    }

    /// How many are still open after at most so many seconds.
    func open(after seconds: Double) -> Int {
      let end = ContinuousClock.now + .seconds(seconds)
      var open = sockets
      while !open.isEmpty, .now < end {
        open.removeAll { socket in
          var byte: UInt8 = 0
          while recv(socket, &byte, 1, Int32(MSG_DONTWAIT)) == 1 {}
          var event = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
          guard poll(&event, 1, 0) > 0 else { return false }
          return recv(socket, &byte, 1, Int32(MSG_DONTWAIT)) == 0 || event.revents & Int16(POLLERR | POLLHUP) != 0
        }
        usleep(20_000)
      }
      return open.count
    }

    deinit { for socket in sockets { close(socket) } }
  }

  /// Requests whose answers come before their bodies.
  @Test(arguments: [
    "POST /index.html HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n",
    "POST /api/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 99999999\r\n\r\n",
    "PUT /api/me HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n",
  ])
  func `A late or missing body does not extend a connection's deadline`(head: String) async throws {
    let site = try MemberSite { $0.requestTimeout = 1 }
    try await site.serving { (client) async throws in
      let holders = try Holders(20, of: client, sending: head)
      usleep(100_000)
      // A byte of the body after the answer, and then nothing.
      for socket in holders.sockets { holders.send("1", to: socket) }
      #expect(holders.open(after: 4) == 0)
      #expect(try await client.get("/healthz").status == 200)
    }
  }

  @Test func `A client with too many connections only harms itself`() async throws {
    let site = try MemberSite { $0.connectionsPerAddress = 30 }
    try await site.serving { (client) async throws in
      let idle = try Holders(60, of: client, sending: "GET / HTTP/1.1\r\nHost: ")
      #expect(idle.open(after: 0.3) <= 30)
      for _ in 0..<5 { #expect(try await client.get("/").status == 200) }
    }
    let few = try MemberSite { $0.connectionLimit = 10 }
    try await few.serving { (client) async throws in
      let idle = try Holders(40, of: client, sending: "")
      #expect(idle.open(after: 0.3) <= 10)
      for _ in 0..<5 { #expect(try await client.get("/").status == 200) }
    }
  }

  @Test func `With few open files pages stay correct, builds start, and shutdown works`() async throws {
    let site = try MemberSite()
    let (anna, olga) = (try site.token("anna"), try site.token("olga", role: .owner))
    let server = try await ServerProcess(site.folder, openFiles: 160)
    let idle = try Holders(120, of: server.client, sending: "GET / HTTP/1.1\r\nHost: ")
    let listeners = try Holders(60, of: server.client, sending: "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n")
    for round in 0..<10 {
      let page = try await server.client.get("/")
      #expect(page.status == 200 && page.text == "<h1>Home</h1>")
      #expect(try await server.client.get("/nothing/").status == 404)
      let saved = try await server.client.ask("PUT", "/api/ratings/1", #"{"stars": 5}"#, token: anna)
      #expect(saved.status == 200)
      // Lists and builds are processes of their own. There is nothing to build here: they end with an error each time.
      if round % 3 == 0 { #expect(try await server.client.ask("POST", "/api/rebuild", token: olga).status == 202) }
      #expect([404, 503].contains(try await server.client.ask("GET", "/api/recommendations", token: anna).status))
    }
    withExtendedLifetime(idle.sockets.count + listeners.sockets.count) {}
    let start = ContinuousClock.now
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test func `Where many addresses hold all places, those that say nothing go, of whomever they are`() async throws {
    let site = try MemberSite { $0.connectionLimit = 12 }
    try await site.serving { (client) async throws in
      // Two listeners of each of three addresses hold most, and none of them can go.
      let stream = "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n"
      let first = try Holders(2, of: client, from: 2, sending: stream)
      let second = try Holders(2, of: client, from: 3, sending: stream)
      let third = try Holders(2, of: client, from: 4, sending: stream)
      try await Task.sleep(for: .milliseconds(200))
      var idle: [Int32] = []
      for own in 10..<UInt8(30) { idle.append(try client.connection(from: own)) }
      defer { for socket in idle { close(socket) } }
      for _ in 0..<10 { #expect(try await client.get("/").status == 200) }
      #expect(first.open(after: 0.1) + second.open(after: 0.1) + third.open(after: 0.1) == 6)
    }
  }

  @Test func `A new connection is not closed for the next one`() async throws {
    let site = try MemberSite { $0.connectionLimit = 30 }
    try await site.serving { (client) async throws in
      // Thirty addresses with a connection each, and then a visitor's, which is younger than any of them.
      var old: [Int32] = []
      for own in 20..<UInt8(50) { old.append(try client.connection(from: own)) }
      defer { for socket in old { close(socket) } }
      let visitor = try Holders(1, of: client, from: 2, sending: "")
      for own in 60..<UInt8(85) { old.append(try client.connection(from: own)) }
      #expect(visitor.open(after: 0.3) == 1)
    }
  }

  @Test(arguments: [
    "POST /api/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 900000\r\nAuthorization: Bearer TOKEN\r\n\r\n1,4\n",
    "POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{",
    "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: ",
  ])
  func `Open connections do not keep the server from stopping`(text: String) async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    let server = try await ServerProcess(site.folder)
    let holders = try Holders(12, of: server.client, sending: text.replacing("TOKEN", with: token))
    #expect(try await server.client.get("/").status == 200)
    let start = ContinuousClock.now
    server.process.terminate()
    server.process.waitUntilExit()
    #expect(server.process.terminationStatus == 0)
    #expect(ContinuousClock.now - start < .seconds(5))
    withExtendedLifetime(holders.sockets.count) {}
  }

  @Test func `Another process that writes does not block readers`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    let ending = try (0..<8).map { try site.token("guest\($0)") }
    try await site.serving { (client) async throws in
      let writer = Process()
      writer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      let locked = site.folder.path("locked")
      writer.arguments = [
        "python3", "-c",
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); "
          + "open(sys.argv[2], 'w'); time.sleep(4); c.execute('ROLLBACK')", site.database, locked,
      ]
      try writer.run()
      while !FileManager.default.fileExists(atPath: locked) { try await Task.sleep(for: .milliseconds(20)) }
      let leaving = Task {
        try await withThrowingTaskGroup(of: Int.self) { group in
          for token in ending { group.addTask { try await client.ask("DELETE", "/api/sessions", token: token).status } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
      }
      try await Task.sleep(for: .milliseconds(200))
      let start = ContinuousClock.now
      for path in ["/api/me", "/api/ratings", "/readyz", "/api/builds", "/account/"] {
        #expect(try await client.ask("GET", path, token: token).status == 200, "\(path)")
      }
      #expect(ContinuousClock.now - start < .seconds(2) && writer.isRunning)
      #expect(try await leaving.value == [Int](repeating: 204, count: 8))
      writer.waitUntilExit()
    }
  }

  @Test func `A name of any length is answered like an unknown one and keeps nothing`() async throws {
    let site = try MemberSite { $0.loginsPerMinute = 100 }
    try await site.serving { (client) async throws in
      for length in [31, 500, 60_000] {
        let name = String(repeating: "a", count: length)
        let body = #"{"name": "\#(name)", "password": "wrong password"}"#
        #expect(try await client.ask("POST", "/api/sessions", body).status == 401)
      }
      let long = #"{"name": "\#(String(repeating: "a", count: 1_000_000))", "password": "x"}"#
      #expect(try await client.ask("POST", "/api/sessions", long).status == 413)
      let form = try await client.ask(
        "POST", "/account/login/", "name=" + String(repeating: "a", count: 1_000_000),
        type: "application/x-www-form-urlencoded", headers: ["Sec-Fetch-Site: same-origin"])
      #expect(form.status == 413)
    }
  }

  @Test func `Refused bodies take from the budget, and others are answered meanwhile`() async throws {
    let site = try MemberSite { $0.ratingsPerMinute = 3 }
    let token = try site.token("anna")
    try await site.serving { (client) async throws in
      // One line of marks that belong to one letter.
      let marks = "a" + String(repeating: "\u{301}", count: 500_000)
      var statuses: [Int] = []
      let slow = Task {
        var statuses: [Int] = []
        for _ in 0..<5 {
          statuses.append(try await client.ask("POST", "/api/ratings", marks, token: token, type: "text/csv").status)
        }
        return statuses
      }
      for _ in 0..<10 { #expect(try await client.get("/").status == 200) }
      statuses = try await slow.value
      #expect(statuses == [422, 422, 422, 429, 429])
    }
  }

  @Test func `Halves of tables hold little of the memory, and keep no other member from sending one`() async throws {
    let site = try MemberSite()
    let (anna, bert) = (try site.token("anna"), try site.token("bert"))
    try await site.serving { (client) async throws in
      let half =
        "POST /api/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 900000\r\n"
        + "Authorization: Bearer \(anna)\r\n\r\n1,4\n"
      let holders = try Holders(2, of: client, sending: half)
      // Both are there before the next comes: it would take the place of one otherwise.
      try await Task.sleep(for: .milliseconds(500))
      let table = "1,4\n" + String(repeating: "\n", count: 100_000)
      var own = 0
      for _ in 0..<200 where own != 503 {
        own = try await client.ask("POST", "/api/ratings", table, token: anna, type: "text/csv").status
      }
      #expect(own == 503)
      #expect(try await client.ask("POST", "/api/ratings", "1,4\n", token: anna, type: "text/csv").status == 200)
      #expect(try await client.ask("POST", "/api/ratings", table, token: bert, type: "text/csv").status == 200)
      withExtendedLifetime(holders.sockets.count) {}
    }
  }

  @Test func `Buckets are bounded, the emptiest stay, and full ones go with time`() {
    let time = Clock()
    let limit = RateLimit<Int>(burst: 2, perSecond: 0.01) { time.seconds }
    #expect(limit.take(-1) == nil)
    #expect(limit.take(-1) == nil)
    #expect(limit.take(-1) == 100)
    for key in 0..<50_000 { _ = limit.take(key) }
    #expect(limit.bucketCount <= RateLimit<Int>.mostBuckets)
    // Whoever has used up all still has: a flood of others gives nobody their tries back.
    #expect(limit.take(-1) == 100)
    time.advance(1000)
    #expect(limit.take(-2) == nil)
    #expect(limit.bucketCount == 1)
  }

  private final class Clock: Sendable {
    private let now = Mutex(0.0)
    var seconds: Double { now.withLock { $0 } }
    func advance(_ seconds: Double) { now.withLock { $0 += seconds } }
  }

  @Test func `A network of IPv6 has the limits of one asker, in any spelling`() async throws {
    let site = try MemberSite {
      $0.loginsPerMinute = 2
      $0.trustedProxies = ["127.0.0.0/8"]
    }
    try await site.serving { (client) async throws in
      func logIn(_ from: String) async throws -> Int {
        try await client.ask(
          "POST", "/api/sessions", #"{"name": "x!", "password": "wrong password"}"#,
          headers: ["X-Forwarded-For: \(from)"]
        ).status
      }
      #expect(try await logIn("2001:db8:1:2::1") == 401)
      #expect(try await logIn("[2001:DB8:1:2:0:0:0:2]:4431") == 401)
      #expect(try await logIn("2001:0db8:0001:0002:ffff::3") == 429)
      #expect(try await logIn("2001:db8:1:3::1") == 401)
      #expect(try await logIn("203.0.113.9:1234") == 401)
      #expect(try await logIn("::ffff:203.0.113.9") == 401)
      #expect(try await logIn("203.0.113.9") == 429)
      // What is no address is the proxy's, whatever it says.
      #expect(try await logIn("unknown") == 401)
      #expect(try await logIn("_hidden") == 401)
      #expect(try await logIn("") == 429)
    }
  }
}

@Suite("Addresses")
struct AddressTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:80", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
    ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("[2001:db8::1]:443", "2001:db8::1"), ("[::1]", "::1"),
    ("fe80::1%eth0", "fe80::1"), ("0:0:0:0:0:0:0:1", "::1"),
  ])
  func `One address has one spelling`(text: String, plain: String) {
    #expect(NetworkAddress(text)?.description == plain)
  }

  @Test(arguments: ["", "unknown", "_x", "192.0.2", "192.0.2.256", "[::1", "[::1]:", "1.2.3.4:x", "::1::", "localhost"])
  func `An invalid address is rejected`(text: String) { #expect(NetworkAddress(text) == nil) }

  @Test func `Proxies are addresses, networks and hosts`() throws {
    let proxies = TrustedProxies(["10.0.0.0/8", "0:0:0:0:0:0:0:1", "fd00::/8", "localhost"])
    for (text, isTrusted) in [
      ("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("11.0.0.1", false), ("::1", true), ("fd12::5", true),
      ("fe80::1", false), ("127.0.0.1", true), ("::10.0.0.1", false),
    ] {
      let address = try #require(NetworkAddress(text))
      #expect(proxies.contains(address) == isTrusted, "\(text)")
    }
    var settings = ServeSettings()
    try settings.set("trusted-proxies", to: "172.16.0.0/12, proxy")
    #expect(throws: ServeSettingError.self) { try settings.set("trusted-proxies", to: "10.0.0.0/33") }
    #expect(throws: ServeSettingError.self) { try settings.set("trusted-proxies", to: "10.0.0.256") }
  }
}
