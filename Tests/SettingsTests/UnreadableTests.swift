import Foundation
import Platform
import Settings
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What may not be looked at is not taken for missing.
@Suite("Files of somebody else")
struct UnreadableTests {
  @Test func `settings and databases that cannot be read are told as such`() throws {
    let folder = try TemporaryFolder()
    try folder.write("title: Club\n", to: "content/site.yaml")
    try folder.write("x", to: ".marquee/marquee.sqlite")
    let site = SiteFolder(folder.url.path)
    #expect(site.hasSettings && site.hasDatabase)
    // A name in the way is as certain as a folder without it.
    try folder.write("x", to: "file")
    #expect(!SiteFolder(folder.path("file")).hasSettings && !SiteFolder(folder.path("none")).hasDatabase)
    for name in ["content", ".marquee"] { chmod(folder.path(name), 0) }
    defer { for name in ["content", ".marquee"] { chmod(folder.path(name), 0o700) } }
    #expect(site.hasSettings && site.hasDatabase)
    // Root reads everything.
    guard geteuid() != 0 else { return }
    #expect(throws: PlatformError.unreadable(path: site.settings)) { try SiteSettings(readingFrom: site) }
  }

  @Test(.enabled(if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"), "needs root"))
  func `a command of another user says whose fault it is`() throws {
    let folder = try TemporaryFolder()
    try folder.write("title: Club\nendpoint: /\n", to: "content/site.yaml")
    try folder.write("{}", to: "output/build.json")
    chmod(folder.url.path, 0o755)
    chmod(folder.path("content"), 0o700)
    for command in ["build", "serve", "deploy", "doctor"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
      process.arguments =
        [
          "--reuid=65534", "--regid=65534", "--clear-groups", MarqueeProcess.binary, command,
        ] + (command == "serve" ? ["--check"] : []) + ["--site", folder.url.path]
      process.standardInput = FileHandle.nullDevice
      let pipe = Pipe()
      process.standardError = pipe
      process.standardOutput = pipe
      try process.run()
      let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(said.contains("site.yaml: is there and cannot be read; check its permissions"), "\(command): \(said)")
      #expect(command == "doctor" || process.terminationStatus != 0)
    }
  }
}
