import Foundation

/// How fast the network is.
public enum NetworkSpeed: Sendable {
  case full
  case offline
  /// As Lighthouse simulates it: 150 ms round trip, 1.6 Mbit/s down, 750 kbit/s up.
  case fast3G
}

// What the visitor's device is like.
extension BrowserPage {
  /// The size of the window's inside in CSS pixels.
  public func setSize(width: Int, height: Int) async throws {
    try await driver.devTools(
      "Emulation.setDeviceMetricsOverride",
      ["width": .number(Double(width)), "height": .number(Double(height)), "deviceScaleFactor": 1, "mobile": false])
  }

  /// - Parameters:
  ///   - scheme: "light" or "dark"; nil for the system's.
  ///   - reducedMotion: whether the visitor wants little motion; nil for the system's word.
  public func emulate(scheme: String?, reducedMotion: Bool? = true) async throws {
    var features: [JSON] = []
    if let scheme { features.append(["name": "prefers-color-scheme", "value": .string(scheme)]) }
    if let reducedMotion {
      features.append(["name": "prefers-reduced-motion", "value": reducedMotion ? "reduce" : "no-preference"])
    }
    try await driver.devTools("Emulation.setEmulatedMedia", ["features": .array(features)])
  }

  /// Shows pages as they are printed.
  public func emulatePrint() async throws {
    try await driver.devTools("Emulation.setEmulatedMedia", ["media": "print"])
  }

  /// Turns the page's own scripts off or on, from the next page on; `evaluate` works all the same.
  public func setScripts(_ isOn: Bool) async throws {
    try await driver.devTools("Emulation.setScriptExecutionDisabled", ["value": .bool(!isOn)])
  }

  /// For this tab; a service worker has its own way to the network: `ServedSite.stop` cuts that too.
  public func setNetwork(_ speed: NetworkSpeed) async throws {
    let (latency, down, up): (JSON, JSON, JSON) =
      if case .fast3G = speed { (150, 204_800, 96_000) } else { (0, -1, -1) }
    let isOffline = if case .offline = speed { true } else { false }
    try await driver.devTools("Network.enable")
    try await driver.devTools(
      "Network.emulateNetworkConditions",
      ["offline": .bool(isOffline), "latency": latency, "downloadThroughput": down, "uploadThroughput": up])
  }
}

/// What the page did since it was asked last.
public struct PageLog: Sendable {
  /// Errors and warnings of the console, with those of the security policy.
  public var problems: [String] = []
  /// The addresses of all requests, without those for `data:` and `blob:`.
  public var requests: [String] = []
  /// The bytes that came over the network for each address, as they were encoded.
  public var transferred: [String: Int] = [:]

  /// The requests to other hosts than the site's.
  public func foreignRequests(of site: ServedSite) -> [String] {
    requests.filter { !$0.hasPrefix(site.origin + "/") }
  }
}

extension BrowserPage {
  /// Takes what the browser wrote down since the last call.
  public func logs() async throws -> PageLog {
    var log = PageLog()
    for entry in try await driver.post("/se/log", ["type": "browser"]).array
    where ["SEVERE", "WARNING"].contains(entry["level"].string) {
      log.problems.append(entry["message"].string ?? "")
    }
    var addresses: [String: String] = [:]
    for entry in try await driver.post("/se/log", ["type": "performance"]).array {
      let text = entry["message"].string ?? ""
      guard text.contains("Network.requestWillBeSent\"") || text.contains("Network.loadingFinished\"") else { continue }
      let message = try JSON(Data(text.utf8))["message"]
      let parameters = message["params"]
      let identifier = parameters["requestId"].string ?? ""
      if message["method"].string == "Network.requestWillBeSent" {
        let address = parameters["request"]["url"].string ?? ""
        guard address.hasPrefix("http") || address.hasPrefix("ws") else { continue }
        log.requests.append(address)
        addresses[identifier] = address
      } else if let address = addresses[identifier] {
        log.transferred[address, default: 0] += Int(parameters["encodedDataLength"].number ?? 0)
      }
    }
    return log
  }
}
