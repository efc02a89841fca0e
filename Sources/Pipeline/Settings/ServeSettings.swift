import Ratings
import Site

/// How `marquee serve` works: the part `serve:` of `site.yaml`, over it the environment, over it the command line.
public struct ServeSettings: Sendable, Equatable {
  public enum Registration: String, Sendable, CaseIterable {
    case open, invitation, closed
  }

  public enum SecureCookies: String, Sendable, CaseIterable {
    /// Where the request came through TLS, to this program or to a proxy that says so.
    case auto
    case always
  }

  public enum LogFormat: String, Sendable, CaseIterable {
    case text, json
  }

  public enum LogLevel: String, Sendable, CaseIterable {
    case debug, info, warning, error
  }

  public var host = "127.0.0.1"
  public var port = 8080
  /// Files in PEM form, from the site's folder: the chain of certificates, the server's own first, and its key. Empty
  /// where a proxy speaks TLS, or nobody.
  public var tlsCertificate = ""
  public var tlsKey = ""
  public var registration = Registration.open
  /// Addresses, networks and hosts whose `X-Forwarded-For`, `-Proto` and `-Host` are believed (`TrustedProxies`).
  public var trustedProxies: [String] = []
  public var secureCookies = SecureCookies.auto
  public var sessionDays = 30
  /// The largest body of a request in bytes.
  public var bodyLimit = 1 << 20
  /// The most ratings in one request.
  public var ratingLimit = 10_000
  /// Seconds for a request to arrive whole.
  public var requestTimeout = 30
  /// Connections at once, and those of one address (of IPv6 a /64).
  public var connectionLimit = 2000
  public var connectionsPerAddress = 256
  public var ratingsPerMinute = 600
  public var loginsPerMinute = 10
  public var registrationsPerHour = 20
  /// Seconds without new ratings before a build begins.
  public var rebuildQuiet = 60
  /// Seconds after which a build begins although ratings still come.
  public var rebuildWait = 900
  /// Hours between trainings; 0 for never by the clock.
  public var retrainHours = 24
  /// Share of new ratings, in hundredths, that starts a training; 0 for never by the share.
  public var retrainShare = 5
  public var logFormat = LogFormat.text
  public var logLevel = LogLevel.info

  public init() {}
}

/// Why a setting of `serve:` cannot be what it is.
public struct ServeSettingError: Error, Equatable {
  public let problem: String
  public let mend: String
}

extension ServeSettingError: CustomStringConvertible {
  public var description: String { "\(problem); \(mend)" }
}

extension ServeSettings {
  /// Whether the server itself speaks TLS.
  public var speaksTLS: Bool { !tlsCertificate.isEmpty || !tlsKey.isEmpty }

  /// The names of all settings, sorted.
  public static var names: [String] { writers.keys.sorted() }

  /// Sets one of them, by the name that `site.yaml` gives it.
  public mutating func set(_ name: String, to text: String) throws(ServeSettingError) {
    guard let write = Self.writers[name] else {
      let nearest = Spelling.nearest(to: name, among: Self.names)
      throw ServeSettingError(
        problem: "no setting of serve is called “\(name)”",
        mend: nearest.map { "did you mean “\($0)”?" } ?? "known are \(Self.names.joined(separator: ", "))")
    }
    guard write(&self, text) else {
      throw ServeSettingError(
        problem: "“\(name)” cannot be “\(text)”", mend: "it takes \(Self.words[name] ?? "a text")")
    }
  }

  /// Takes over what the environment sets: `MARQUEE_BODY_LIMIT` for `body-limit`.
  public mutating func apply(environment: [String: String]) throws(ServeSettingError) {
    for name in Self.names {
      let variable = Self.variable(name)
      guard let text = environment[variable], !text.isEmpty else { continue }
      do {
        try set(name, to: text)
      } catch {
        throw ServeSettingError(problem: "\(variable): \(error.problem)", mend: error.mend)
      }
    }
  }

  /// The variable of the environment for a setting.
  public static func variable(_ name: String) -> String {
    "MARQUEE_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }

  private typealias Writer = @Sendable (inout ServeSettings, String) -> Bool

  /// What each takes, in words.
  private static let words: [String: String] = [
    "host": "an address to listen on", "port": "a port from 0 to 65535", "registration": "open, invitation or closed",
    "tls-certificate": "the path of a PEM file", "tls-key": "the path of a PEM file",
    "trusted-proxies": "addresses, networks and hosts such as 127.0.0.1, 172.16.0.0/12 or proxy, separated by commas",
    "secure-cookies": "auto or always", "session-days": "1 to 3650 days", "body-limit": "1024 to 104857600 bytes",
    "rating-limit": "1 to 1000000 ratings", "request-timeout": "1 to 3600 seconds",
    "connection-limit": "1 to 1000000 connections", "connections-per-address": "1 to 1000000 connections",
    "ratings-per-minute": "1 to 1000000",
    "logins-per-minute": "1 to 1000000", "registrations-per-hour": "1 to 1000000",
    "rebuild-quiet": "0 to 86400 seconds", "rebuild-wait": "0 to 604800 seconds", "retrain-hours": "0 to 8760 hours",
    "retrain-share": "0 to 100 hundredths", "log-format": "text or json", "log-level": "debug, info, warning or error",
  ]

  private static let writers: [String: Writer] = [
    "host": { settings, text in
      // As addresses of pages have it: [::1].
      let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
      settings.host = isBracketed ? String(text.dropFirst().dropLast()) : text
      return !settings.host.isEmpty
    },
    "port": number(0...65_535) { $0.port = $1 },
    "tls-certificate": { settings, text in
      settings.tlsCertificate = text
      return true
    },
    "tls-key": { settings, text in
      settings.tlsKey = text
      return true
    },
    "registration": choice(Registration.init(rawValue:)) { $0.registration = $1 },
    "trusted-proxies": { settings, text in
      settings.trustedProxies = text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
      return settings.trustedProxies.allSatisfy { TrustedProxies.Entry($0) != nil }
    },
    "secure-cookies": choice(SecureCookies.init(rawValue:)) { $0.secureCookies = $1 },
    "session-days": number(1...3650) { $0.sessionDays = $1 },
    "body-limit": number(1024...104_857_600) { $0.bodyLimit = $1 },
    "rating-limit": number(1...1_000_000) { $0.ratingLimit = $1 },
    "request-timeout": number(1...3600) { $0.requestTimeout = $1 },
    "connection-limit": number(1...1_000_000) { $0.connectionLimit = $1 },
    "connections-per-address": number(1...1_000_000) { $0.connectionsPerAddress = $1 },
    "ratings-per-minute": number(1...1_000_000) { $0.ratingsPerMinute = $1 },
    "logins-per-minute": number(1...1_000_000) { $0.loginsPerMinute = $1 },
    "registrations-per-hour": number(1...1_000_000) { $0.registrationsPerHour = $1 },
    "rebuild-quiet": number(0...86_400) { $0.rebuildQuiet = $1 },
    "rebuild-wait": number(0...604_800) { $0.rebuildWait = $1 },
    "retrain-hours": number(0...8760) { $0.retrainHours = $1 },
    "retrain-share": number(0...100) { $0.retrainShare = $1 },
    "log-format": choice(LogFormat.init(rawValue:)) { $0.logFormat = $1 },
    "log-level": choice(LogLevel.init(rawValue:)) { $0.logLevel = $1 },
  ]

  private static func number(
    _ range: ClosedRange<Int>, _ write: @escaping @Sendable (inout ServeSettings, Int) -> Void
  ) -> Writer {
    { settings, text in
      guard let number = Int(text), range.contains(number) else { return false }
      write(&settings, number)
      return true
    }
  }

  private static func choice<Choice>(
    _ read: @escaping @Sendable (String) -> Choice?, _ write: @escaping @Sendable (inout ServeSettings, Choice) -> Void
  ) -> Writer {
    { settings, text in
      guard let choice = read(text) else { return false }
      write(&settings, choice)
      return true
    }
  }
}

extension SiteSettings {
  /// The path of the site on its host: "/" or "/films/".
  public var basePath: String {
    let path = site.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3)
    let name = path.first.map(String.init) ?? ""
    return name.isEmpty ? "/" : "/" + name + (name.hasSuffix("/") ? "" : "/")
  }
}

extension SiteSettings {
  /// What is worth a second look before a start: each line says what, and what to do about it.
  public func serveNotes(unknownProxies: [String]) -> [String] {
    var notes: [String] = []
    if basePath != "/" {
      notes.append(
        "the site is at \(basePath) of its host: the proxy in front may leave that on the path of a request or take it off"
      )
    }
    if site.url.lowercased().hasPrefix("https:"), !serve.speaksTLS, serve.trustedProxies.isEmpty, !site.endpoint.isEmpty
    {
      notes.append(
        "the site's address is https, and nothing here speaks TLS: name the proxy that does in trusted-proxies, or all "
          + "visitors share the limits of one, and cookies are not Secure")
    }
    for host in unknownProxies {
      notes.append("trusted-proxies: \(host) has no address at the moment; check the name, or give a network")
    }
    return notes
  }
}

extension ServeSettings {
  /// All settings as they are, a line for each, as `serve --check` prints them.
  public func listing(folder: String, hasEndpoint: Bool) -> String {
    let values: [(String, String)] = [
      ("host", host), ("port", "\(port)"), ("tls-certificate", tlsCertificate), ("tls-key", tlsKey),
      ("registration", registration.rawValue),
      ("trusted-proxies", trustedProxies.joined(separator: ",")),
      ("secure-cookies", secureCookies.rawValue), ("session-days", "\(sessionDays)"), ("body-limit", "\(bodyLimit)"),
      ("rating-limit", "\(ratingLimit)"), ("request-timeout", "\(requestTimeout)"),
      ("connection-limit", "\(connectionLimit)"), ("connections-per-address", "\(connectionsPerAddress)"),
      ("ratings-per-minute", "\(ratingsPerMinute)"),
      ("logins-per-minute", "\(loginsPerMinute)"), ("registrations-per-hour", "\(registrationsPerHour)"),
      ("rebuild-quiet", "\(rebuildQuiet)"), ("rebuild-wait", "\(rebuildWait)"), ("retrain-hours", "\(retrainHours)"),
      ("retrain-share", "\(retrainShare)"), ("log-format", logFormat.rawValue), ("log-level", logLevel.rawValue),
    ]
    let lines = [("site", folder), ("endpoint", hasEndpoint ? "on" : "off")] + values
    return lines.map { "\($0.0): \($0.1)\n" }.joined()
  }
}
