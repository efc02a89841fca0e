import Endpoint
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Starting and stopping", .serialized)
struct LifecycleTests {
  @Test func `A port that is taken is named`() async throws {
    let site = try TestSite()
    try await site.serving { client in
      let second = SiteServer(folder: site.root, port: client.port) { _ in }
      await #expect(throws: EndpointError.portInUse(host: "127.0.0.1", port: client.port)) { try await second.run() }
    }
    let line = "\(EndpointError.portInUse(host: "127.0.0.1", port: 8080))"
    #expect(
      line == "127.0.0.1:8080: another program listens on this port; stop it or choose another with --port")
  }

  @Test func `A host that is not this machine is named`() async throws {
    let site = try TestSite()
    for host in ["192.0.2.1", "not a host"] {
      let server = SiteServer(folder: site.root, host: host, port: 0) { _ in }
      await #expect(throws: EndpointError.unknownHost(host: host)) { try await server.run() }
    }
  }

  @Test func `A folder that is not there is named`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("none")
    await #expect(throws: EndpointError.noSite(folder: path)) {
      try await SiteServer(folder: path, port: 0) { _ in }.run()
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `A signal stops the server despite an open connection`(signal: Int32) async throws {
    await #expect(processExitsWith: .success) { [signal = signal as Int32] in
      let site = try TestSite()
      let server = SiteServer(folder: site.root, port: 0) { address in
        let port = Int(address.split(separator: ":").last?.dropLast() ?? "") ?? 0
        _ = try? RawClient(port: port).connection()
        kill(getpid(), signal)
      }
      alarm(20)
      try await server.run()
      exit(0)
    }
  }
}
