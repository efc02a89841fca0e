import Platform
import Ratings
import Site

/// How `marquee serve` works: the part `serve:` of `site.yaml`, over it the environment, over it the command line.
package struct ServeSettings: Sendable, Equatable {
  package enum Registration: String, Sendable, CaseIterable {
    case open, invitation, closed
  }

  package enum SecureCookies: String, Sendable, CaseIterable {
    /// Where the request came through TLS, to this program or to a proxy that says so.
    case auto
    case always
  }

  package enum LogFormat: String, Sendable, CaseIterable {
    case text, json
  }

  package enum LogLevel: String, Sendable, CaseIterable {
    case debug, info, warning, error
  }

  package var host = "127.0.0.1"
  package var port = 8080
  /// Files in PEM form, from the site's folder: the chain of certificates, the server's own first, and its key. Empty
  /// where a proxy speaks TLS, or nobody.
  package var tlsCertificate = ""
  package var tlsKey = ""
  /// Where counters are served, apart from the site; nil for none of their own.
  package var metrics: MetricsAddress?
  package var registration = Registration.open
  /// Addresses, networks and hosts whose `X-Forwarded-For`, `-Proto` and `-Host` are believed (`TrustedProxies`).
  package var trustedProxies: [String] = []
  package var secureCookies = SecureCookies.auto
  package var sessionDays = 30
  /// The largest body of a request in bytes.
  package var bodyLimit = 1 << 20
  /// The most ratings in one request.
  package var ratingLimit = 10_000
  /// Seconds for a request to arrive whole.
  package var requestTimeout = 30
  /// Connections at once, and those of one address (of IPv6 a /64).
  package var connectionLimit = 2000
  package var connectionsPerAddress = 256
  package var ratingsPerMinute = 600
  package var loginsPerMinute = 10
  package var registrationsPerHour = 20
  /// Seconds without new ratings before a build begins.
  package var rebuildQuiet = 60
  /// Seconds after which a build begins although ratings still come.
  package var rebuildWait = 900
  /// Hours between trainings; 0 for never by the clock.
  package var retrainHours = 24
  /// Share of new ratings, in hundredths, that starts a training; 0 for never by the share.
  package var retrainShare = 5
  package var logFormat = LogFormat.text
  package var logLevel = LogLevel.info

  package init() {}
}

/// Why a setting of `serve:` cannot be what it is.
package struct ServeSettingError: Error, Equatable {
  package let problem: String
  package let advice: String
}

extension ServeSettingError: CustomStringConvertible {
  package var description: String { "\(problem); \(advice)" }
}

extension ServeSettings {
  /// Whether the server itself speaks TLS.
  package var speaksTLS: Bool { !tlsCertificate.isEmpty || !tlsKey.isEmpty }

  /// The names of all settings, sorted.
  package static let names = ServeSetting.all.map(\.name).sorted()

  /// Sets one of them, by the name that `site.yaml` gives it.
  package mutating func set(_ name: String, to text: String) throws(ServeSettingError) {
    guard let setting = ServeSetting.all.first(where: { $0.name == name }) else {
      let nearest = Spelling.nearest(to: name, among: Self.names)
      throw ServeSettingError(
        problem: "no setting of serve is called “\(name)”",
        advice: nearest.map { "did you mean “\($0)”?" } ?? "known are \(Self.names.joined(separator: ", "))")
    }
    guard setting.write(&self, text) else {
      throw ServeSettingError(problem: "“\(name)” cannot be “\(text)”", advice: "it takes \(setting.takes)")
    }
  }

  /// Takes over what the environment sets: `MARQUEE_BODY_LIMIT` for `body-limit`.
  package mutating func apply(environment: [String: String]) throws(ServeSettingError) {
    for name in Self.names {
      let variable = Self.variable(name)
      guard let text = environment[variable], !text.isEmpty else { continue }
      do {
        try set(name, to: text)
      } catch {
        throw ServeSettingError(problem: "\(variable): \(error.problem)", advice: error.advice)
      }
    }
  }

  /// The variable of the environment for a setting.
  package static func variable(_ name: String) -> String {
    "MARQUEE_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }
}

extension SiteSettings {
  /// The path of the site on its host: "/" or "/films/".
  package var basePath: String {
    let path = site.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3)
    let name = path.first.map(String.init) ?? ""
    return name.isEmpty ? "/" : "/" + name + (name.hasSuffix("/") ? "" : "/")
  }
}

extension SiteSettings {
  /// What is worth a second look before a start: each line says what, and what to do about it.
  package func serveNotes(unknownProxies: [String]) -> [String] {
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
  package func listing(folder: String, hasEndpoint: Bool) -> String {
    let values = ServeSetting.all.map { ($0.name, $0.text(self)) }
    let lines = [("site", folder), ("endpoint", hasEndpoint ? "on" : "off")] + values
    return lines.map { "\($0.0): \($0.1)\n" }.joined()
  }
}
