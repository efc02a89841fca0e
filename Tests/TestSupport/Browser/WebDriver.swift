import Foundation

/// Debian's `chromedriver` on a loopback port, with one headless Chromium: W3C WebDriver over HTTP.
final class WebDriver: Sendable {
  private let server: LoopbackHTTP
  /// The path of the session, such as "/session/4f…".
  private let session: String
  /// The driver and, where it told, the browser.
  private let processes: [Int32]

  private init(server: LoopbackHTTP, session: String, processes: [Int32]) {
    self.server = server
    self.session = session
    self.processes = processes
  }

  /// Ends browser and driver.
  func quit() async {
    _ = try? await delete("")
    for process in processes { ChildProcesses.end(process) }
  }

  /// Starts driver and browser; both end with this process.
  static func start() async throws -> WebDriver {
    guard let program = Browser.driver else { throw BrowserError.absent }
    let line = /started successfully on port (\d+)/
    let process = Process()
    let port = try await ChildProcesses.start(program, ["--port=0"], process: process) { output in
      output.firstMatch(of: line).flatMap { Int($0.1) }
    }
    let driver = process.processIdentifier
    let starting = WebDriver(server: LoopbackHTTP(port: port), session: "", processes: [driver])
    do {
      let answer = try await starting.send(
        "POST", "/session", ["capabilities": ["alwaysMatch": Self.capabilities]], seconds: 60)
      guard let id = answer["sessionId"].string else { throw BrowserError.failed("no session: \(answer)") }
      let browser = answer["capabilities"]["goog:processID"].number.map { Int32($0) }
      if let browser { ChildProcesses.endAtExit(browser) }
      return WebDriver(
        server: starting.server, session: "/session/" + id, processes: [driver] + (browser.map { [$0] } ?? []))
    } catch {
      ChildProcesses.end(driver)
      throw error
    }
  }

  private static var capabilities: JSON {
    var arguments: [JSON] = [
      "--headless=new", "--window-size=1280,900", "--force-device-scale-factor=1", "--hide-scrollbars",
      "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync", "--disable-extensions",
      "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--lang=en-GB",
      // Nothing but this machine can be reached, whatever a page asks for.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    // Chromium's sandbox refuses to work for root, which is who runs tests in a container.
    if getuid() == 0 { arguments.append("--no-sandbox") }
    return [
      "browserName": "chrome", "unhandledPromptBehavior": "ignore",
      "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
      "goog:chromeOptions": ["args": .array(arguments), "perfLoggingPrefs": ["enableNetwork": true]],
    ]
  }

  /// A command of the session: `POST`s `body` to `path`.
  @discardableResult
  func post(_ path: String, _ body: JSON = [:]) async throws -> JSON { try await send("POST", session + path, body) }

  func get(_ path: String) async throws -> JSON { try await send("GET", session + path, nil) }

  @discardableResult
  func delete(_ path: String) async throws -> JSON { try await send("DELETE", session + path, nil) }

  /// A command of the Chrome DevTools protocol.
  @discardableResult
  func devTools(_ command: String, _ parameters: JSON = [:]) async throws -> JSON {
    try await post("/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
  }

  private func send(_ method: String, _ path: String, _ body: JSON?, seconds: Int = 30) async throws -> JSON {
    let answer = try await server.send(method, path, body: try body?.data() ?? Data(), seconds: seconds)
    let value = try JSON(answer)["value"]
    if let error = value["error"].string {
      throw BrowserError.refused(error: error, message: value["message"].string ?? "")
    }
    return value
  }
}

/// What can go wrong between a test and the browser.
public enum BrowserError: Error, CustomStringConvertible {
  case absent
  /// WebDriver's own error, such as "no such element".
  case refused(error: String, message: String)
  case failed(String)
  case timeout(waitingFor: String, page: String)

  public var description: String {
    switch self {
    case .absent: Browser.absence
    case .refused(let error, let message): "\(error): \(message.prefix { $0 != "\n" })"
    case .failed(let reason): reason
    case .timeout(let what, let page): "waited in vain for \(what) on \(page)"
    }
  }
}
