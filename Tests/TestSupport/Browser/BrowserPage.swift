import Foundation

/// One tab of the browser on one site.
public final class BrowserPage: Sendable {
  let driver: WebDriver
  public let site: ServedSite

  init(_ driver: WebDriver, site: ServedSite) async throws {
    self.driver = driver
    self.site = site
    try await driver.devTools("Storage.clearDataForOrigin", ["origin": .string(site.origin), "storageTypes": "all"])
    try await driver.devTools("Network.clearBrowserCache")
    // A click must not have to wait until the page has scrolled smoothly.
    try await emulate(scheme: nil, reducedMotion: true)
    _ = try await logs()
  }

  /// Leaves the browser as a new one: one empty tab, nothing stored, nothing emulated.
  func close() async throws {
    try await setScripts(true)
    try await emulate(scheme: nil, reducedMotion: nil)
    try await setNetwork(.full)
    try await driver.devTools("Emulation.clearDeviceMetricsOverride")
    let tabs = try await driver.get("/window/handles").strings
    for tab in tabs.dropFirst() {
      try await driver.post("/window", ["handle": .string(tab)])
      try await driver.delete("/window")
    }
    try await driver.post("/window", ["handle": .string(tabs.first ?? "")])
    try await driver.post("/url", ["url": "about:blank"])
    try await driver.devTools("Storage.clearDataForOrigin", ["origin": .string(site.origin), "storageTypes": "all"])
  }
}

// Going somewhere.
extension BrowserPage {
  /// Opens a page of the site ("/rate/") or a whole address, and waits until it is loaded.
  public func open(_ path: String) async throws {
    try await driver.post("/url", ["url": .string(path.hasPrefix("/") ? site.origin + path : path)])
  }

  public func reload() async throws { try await driver.post("/refresh") }

  public func back() async throws { try await driver.post("/back") }

  /// The address without the site's origin: "/rate/?q=heat#list".
  public var location: String {
    get async throws {
      let address = try await driver.get("/url").string ?? ""
      return address.hasPrefix(site.origin) ? String(address.dropFirst(site.origin.count)) : address
    }
  }

  /// Opens another tab and goes there; its name serves `switchTo`.
  public func openTab(_ path: String) async throws -> String {
    let tab = try await driver.post("/window/new", ["type": "tab"])["handle"].string ?? ""
    try await switchTo(tab)
    try await open(path)
    return tab
  }

  /// The tab that is in use.
  public var tab: String { get async throws { try await driver.get("/window").string ?? "" } }

  public func switchTo(_ tab: String) async throws { try await driver.post("/window", ["handle": .string(tab)]) }
}

// Looking.
extension BrowserPage {
  /// The value of an expression of JavaScript, or of the promise it gives.
  @discardableResult
  public func evaluate(_ expression: String, _ arguments: [JSON] = []) async throws -> JSON {
    try await driver.post(
      "/execute/sync", ["script": .string("return (\(expression)\n)"), "args": .array(arguments)])
  }

  /// The visible text of the first element that fits.
  public func text(_ css: String) async throws -> String {
    try await driver.get("/element/\(find(css))/text").string ?? ""
  }

  /// The text of every element that fits, hidden ones too, with single blanks.
  public func texts(_ css: String) async throws -> [String] {
    try await evaluate(
      "[...document.querySelectorAll(arguments[0])].map(e => e.textContent.replace(/\\s+/g, ' ').trim())",
      [.string(css)]
    ).strings
  }

  public func count(_ css: String) async throws -> Int {
    Int(try await evaluate("document.querySelectorAll(arguments[0]).length", [.string(css)]).number ?? 0)
  }

  /// An attribute of the first element that fits; nil where it has none.
  public func attribute(_ name: String, of css: String) async throws -> String? {
    try await driver.get("/element/\(find(css))/attribute/\(name)").string
  }

  public func isVisible(_ css: String) async throws -> Bool {
    try await evaluate("!!document.querySelector(arguments[0])?.checkVisibility()", [.string(css)]).bool ?? false
  }

  /// Waits until an expression of JavaScript is true.
  public func wait(until expression: String, _ arguments: [JSON] = [], seconds: Double = 10) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try await evaluate("!!(\(expression))", arguments).bool != true {
      guard ContinuousClock.now < end else {
        throw BrowserError.timeout(waitingFor: expression, page: try await location)
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Waits until an element is there and visible.
  public func wait(for css: String, seconds: Double = 10) async throws {
    try await wait(until: "document.querySelector(\(quoted(css)))?.checkVisibility()", seconds: seconds)
  }

  /// The page as a picture, as long as it is.
  public func screenshot(to path: String) async throws {
    let answer = try await driver.devTools(
      "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
    guard let data = Data(base64Encoded: answer["data"].string ?? "") else { throw BrowserError.failed("no picture") }
    try data.write(to: URL(fileURLWithPath: path))
  }

  func find(_ css: String) async throws -> String {
    let answer = try await driver.post("/element", ["using": "css selector", "value": .string(css)])
    guard case .object(let reference) = answer, let id = reference.values.first?.string else {
      throw BrowserError.failed("no element \(css)")
    }
    return id
  }

  private func quoted(_ text: String) throws -> String { String(decoding: try JSON.string(text).data(), as: UTF8.self) }
}

// Doing.
extension BrowserPage {
  /// Clicks the first element that fits, as a pointer does: what covers it makes the click fail.
  public func click(_ css: String) async throws {
    // A page that draws itself anew may replace the element between the two calls.
    for _ in 0..<3 {
      do {
        try await driver.post("/element/\(find(css))/click")
        return
      } catch let error where "\(error)".contains("stale element") {
        continue
      }
    }
    try await driver.post("/element/\(find(css))/click")
  }

  /// Types into a field; for `<input type=file>` the path of a file.
  public func type(_ text: String, into css: String) async throws {
    try await driver.post("/element/\(find(css))/value", ["text": .string(text)])
  }

  public func clear(_ css: String) async throws { try await driver.post("/element/\(find(css))/clear") }

  /// Presses keys one after the other, wherever the focus is.
  public func press(_ keys: Key...) async throws {
    let strokes = keys.flatMap { key -> [JSON] in
      [["type": "keyDown", "value": .string(key.code)], ["type": "keyUp", "value": .string(key.code)]]
    }
    try await driver.post(
      "/actions", ["actions": [["type": "key", "id": "keyboard", "actions": .array(strokes)]]])
  }

  /// Moves the focus back.
  public func pressShiftTab() async throws {
    let strokes: JSON = [
      ["type": "keyDown", "value": .string(Key.shift.code)], ["type": "keyDown", "value": .string(Key.tab.code)],
      ["type": "keyUp", "value": .string(Key.tab.code)], ["type": "keyUp", "value": .string(Key.shift.code)],
    ]
    try await driver.post("/actions", ["actions": [["type": "key", "id": "keyboard", "actions": strokes]]])
  }

  /// Drops a file on the first element that fits.
  public func drop(_ name: String, _ bytes: [UInt8], on css: String) async throws {
    try await evaluate(
      """
      (() => {
        const bytes = Uint8Array.from(atob(arguments[2]), c => c.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], arguments[1]));
        const target = document.querySelector(arguments[0]);
        for (const type of ['dragenter', 'dragover', 'drop'])
          target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      })()
      """, [.string(css), .string(name), .string(Data(bytes).base64EncodedString())])
  }

  /// Answers a dialog of the browser's.
  public func acceptDialog() async throws { try await driver.post("/alert/accept") }

  public func dismissDialog() async throws { try await driver.post("/alert/dismiss") }
}

/// A key of the keyboard: a character, or one that WebDriver numbers.
public struct Key: Sendable, ExpressibleByStringLiteral {
  let code: String

  public init(stringLiteral value: String) { code = value }

  public static let tab: Key = "\u{E004}"
  public static let enter: Key = "\u{E007}"
  public static let shift: Key = "\u{E008}"
  public static let escape: Key = "\u{E00C}"
  public static let space: Key = "\u{E00D}"
  public static let pageUp: Key = "\u{E00E}"
  public static let pageDown: Key = "\u{E00F}"
  public static let end: Key = "\u{E010}"
  public static let home: Key = "\u{E011}"
  public static let left: Key = "\u{E012}"
  public static let up: Key = "\u{E013}"
  public static let right: Key = "\u{E014}"
  public static let down: Key = "\u{E015}"
  public static let delete: Key = "\u{E017}"
}
