import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Places that are not what a program takes for granted: a disk that is full, a process that is the first one, a clock.
///
/// Such places can be made by root alone, and with Linux's own tools.
@Suite(
  "In a container", .serialized,
  .enabled(
    if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/unshare"), "needs root and unshare"))
struct ContainerTests {
  /// Runs a shell script in a mount namespace of its own.
  private static func start(_ script: String, _ arguments: [String], errors: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["-m", "sh", "-c", script] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    return process
  }

  private static func wait(seconds: Double, until isSo: () throws -> Bool) async throws -> Bool {
    for _ in 0..<Int(seconds * 50) {
      if try isSo() { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  @Test func `On a full disk members can log out, and a check reports the problem`() async throws {
    let site = try MemberSite()
    let token = try site.token("anna")
    let browser = try site.token("bert")
    let state = site.folder.path(".marquee")
    let process = try Self.start(
      """
      mkdir "$1/kept" && cp -a "$1/.marquee/." "$1/kept" && mount -t tmpfs -o size=4m,mode=700 tmpfs "$1/.marquee" &&
      cp -a "$1/kept/." "$1/.marquee" && exec "$0" serve --site "$1" --port 0 --set log-level=error
      """, [MarqueeProcess.binary, site.folder.url.path], errors: site.folder.path("errors"))
    defer { process.terminate() }
    var port: Int?
    let isUp = try await Self.wait(seconds: 30) {
      let text = String(decoding: try site.folder.read("errors"), as: UTF8.self)
      port = text.components(separatedBy: "://127.0.0.1:").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
      return port != nil
    }
    try #require(isUp)
    let client = RawClient(port: try #require(port))
    #expect(try await client.ask("GET", "/api/me", token: token).status == 200)
    // Every last byte, seen from inside.
    let ballast = "/proc/\(process.processIdentifier)/root\(state)/ballast"
    let file = open(ballast, O_WRONLY | O_CREAT, 0o600)
    try #require(file >= 0)
    for size in [65_536, 512, 1] {
      let block = [UInt8](repeating: 1, count: size)
      while write(file, block, size) > 0 {}
    }
    close(file)
    #expect(try await client.ask("PUT", "/api/ratings/1", #"{"stars": 4}"#, token: token).status == 507)
    let left = try await client.ask("DELETE", "/api/sessions", token: token)
    #expect(left.status == 204 && left.headers["set-cookie"]?.contains("Max-Age=0") == true, "\(left.text)")
    #expect(try await client.ask("GET", "/api/me", token: token).status == 401)
    let form = try await client.ask(
      "POST", "/account/logout/", "", type: "application/x-www-form-urlencoded",
      headers: ["Sec-Fetch-Site: same-origin", "Cookie: marquee-session=\(browser)"])
    #expect(form.status == 303 && form.headers["set-cookie"]?.contains("Max-Age=0") == true)
    #expect(try await client.ask("GET", "/api/me", token: browser).status == 401)
    process.terminate()
    process.waitUntilExit()

    // The same place again, for the check: no room for the files that connections share.
    let check = try Self.start(
      """
      mount -t tmpfs -o size=4m,mode=700 tmpfs "$1/.marquee" && cp -a "$1/kept/." "$1/.marquee" &&
      { cat /dev/zero >"$1/.marquee/ballast"; "$0" serve --site "$1" --check; }
      """, [MarqueeProcess.binary, site.folder.url.path], errors: site.folder.path("errors"))
    check.waitUntilExit()
    let said = String(decoding: try site.folder.read("errors"), as: UTF8.self)
    #expect(check.terminationStatus == 0 && said.contains("the disk is full"), "\(said)")
  }

  @Test(arguments: [SIGTERM, SIGINT], ["build", "serve"])
  func `As the first process of a container a signal ends it at once`(signal: Int32, command: String) async throws {
    let folder = try TemporaryFolder()
    #expect(
      try MarqueeProcess.run(
        ["synthesize", folder.path("big"), "--users", "3000", "--movies", "2000", "--ratings", "300000"]
      ).status == 0)
    let site = try MemberSite()
    let words =
      command == "serve"
      ? ["serve", "--site", site.folder.url.path, "--port", "0"]
      : [
        "build", "--data", folder.path("big"), "--site", folder.path("none"), "--output", folder.path("out"),
        "--quality", "best",
      ]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["--pid", "--fork", "--kill-child", "--mount-proc", MarqueeProcess.binary] + words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try folder.write("", to: "errors")
    process.standardError = FileHandle(forWritingAtPath: folder.path("errors"))
    try process.run()
    // Under way: the first words of either.
    _ = try await Self.wait(seconds: 30) { try !folder.read("errors").isEmpty }
    let children = "/proc/\(process.processIdentifier)/task/\(process.processIdentifier)/children"
    let inner = try #require(
      Int32(
        String(decoding: FileManager.default.contents(atPath: children) ?? Data(), as: UTF8.self)
          .trimmingCharacters(in: .whitespacesAndNewlines)))
    let start = ContinuousClock.now
    kill(inner, signal)
    let isOver = try await Self.wait(seconds: 8) { !process.isRunning }
    #expect(isOver && ContinuousClock.now - start < .seconds(5))
    if !isOver { kill(inner, SIGKILL) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }
}
