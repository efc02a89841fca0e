/// One setting of `serve:`, declared once: how it is written and read, and what the reference says of it.
package struct ServeSetting: Sendable {
  typealias Path<Value> = any WritableKeyPath<ServeSettings, Value> & Sendable

  package let name: String
  /// What it takes, in words.
  package let takes: String
  package let meaning: String
  /// False for a text that it cannot be.
  package let write: @Sendable (inout ServeSettings, String) -> Bool
  /// As the text that sets it.
  package let text: @Sendable (ServeSettings) -> String

  private static func text(_ name: String, _ path: Path<String>, takes: String, _ meaning: String) -> Self {
    ServeSetting(
      name: name, takes: takes, meaning: meaning,
      write: {
        $0[keyPath: path] = $1
        return true
      },
      text: { $0[keyPath: path] })
  }

  private static func number(
    _ name: String, _ range: ClosedRange<Int>, unit: String = "", _ path: Path<Int>, _ meaning: String
  ) -> Self {
    ServeSetting(
      name: name, takes: "\(range.lowerBound) to \(range.upperBound)\(unit.isEmpty ? "" : " \(unit)")",
      meaning: meaning,
      write: {
        guard let number = Int($1), range.contains(number) else { return false }
        $0[keyPath: path] = number
        return true
      },
      text: { "\($0[keyPath: path])" })
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: Path<Choice>, _ meaning: String
  ) -> Self {
    let words = Choice.allCases.map(\.rawValue)
    return ServeSetting(
      name: name, takes: words.dropLast().joined(separator: ", ") + " or " + (words.last ?? ""), meaning: meaning,
      write: {
        guard let choice = Choice(rawValue: $1) else { return false }
        $0[keyPath: path] = choice
        return true
      },
      text: { $0[keyPath: path].rawValue })
  }
}

extension ServeSetting {
  /// Every setting, in the order in which `serve --check` and the reference show them.
  package static let all: [ServeSetting] = [
    ServeSetting(
      name: "host", takes: "an address to listen on", meaning: "Where to listen.",
      write: { settings, text in
        // As addresses of pages have it: [::1].
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
        settings.host = isBracketed ? String(text.dropFirst().dropLast()) : text
        return !settings.host.isEmpty
      },
      text: { $0.host }),
    ServeSetting(
      name: "port", takes: "a port from 0 to 65535", meaning: "The port; 0 takes one that is free.",
      write: number("port", 0...65_535, \.port, "").write, text: { "\($0.port)" }),
    text(
      "tls-certificate", \.tlsCertificate, takes: "the path of a PEM file",
      "The chain of certificates, the server's own first, from the site's folder. With it and tls-key the server speaks TLS "
        + "(1.2 and 1.3) and nothing else, and HTTP/2 with those who know it."),
    text("tls-key", \.tlsKey, takes: "the path of a PEM file", "The certificate's key."),
    ServeSetting(
      name: "metrics", takes: "a port, or an address with a port such as 127.0.0.1:9180 or [::1]:9180; or off",
      meaning: "Where counters are served instead of at the site's /metrics; a port alone is one of this machine.",
      write: { settings, text in
        settings.metrics = MetricsAddress(text)
        return settings.metrics != nil || ["", "off"].contains(text)
      },
      text: { $0.metrics?.description ?? "off" }),
    choice(
      "registration", \.registration,
      "Who may become a member: everybody, whom marquee user invite gives an address that works once, nobody."),
    ServeSetting(
      name: "trusted-proxies",
      takes: "addresses, networks and hosts such as 127.0.0.1, 172.16.0.0/12 or proxy, separated by commas",
      meaning: "Proxies whose X-Forwarded-For, -Proto and -Host are believed. Names are looked up again each minute.",
      write: { settings, text in
        settings.trustedProxies = text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        return settings.trustedProxies.allSatisfy { TrustedProxies.Entry($0) != nil }
      },
      text: { $0.trustedProxies.joined(separator: ",") }),
    choice(
      "secure-cookies", \.secureCookies,
      "Whether cookies are sent through TLS alone: auto where a request came so, or always."),
    number("session-days", 1...3650, unit: "days", \.sessionDays, "How long a member stays logged in."),
    number("body-limit", 1024...104_857_600, unit: "bytes", \.bodyLimit, "The largest body of a request."),
    number("rating-limit", 1...1_000_000, unit: "ratings", \.ratingLimit, "The most ratings in one request."),
    number("request-timeout", 1...3600, unit: "seconds", \.requestTimeout, "How long a request may take to arrive."),
    number(
      "connection-limit", 1...1_000_000, unit: "connections", \.connectionLimit,
      "Connections at once; fewer where the system allows fewer open files, which the start says."),
    number(
      "connections-per-address", 1...1_000_000, unit: "connections", \.connectionsPerAddress,
      "Of these, those of one address, or of one /64 of IPv6; of trusted proxies as many as there are."),
    number("ratings-per-minute", 1...1_000_000, \.ratingsPerMinute, "Requests with ratings, of one member."),
    number(
      "logins-per-minute", 1...1_000_000, \.loginsPerMinute,
      "Attempts to log in from one address (of IPv6 a /64, and ten times as many of a /48); failures of one name come back at "
        + "half that rate."),
    number(
      "registrations-per-hour", 1...1_000_000, \.registrationsPerHour,
      "New accounts from one address, counted in the same way."),
    number(
      "rebuild-quiet", 0...86_400, unit: "seconds", \.rebuildQuiet,
      "How long no rating must come before a build begins."),
    number(
      "rebuild-wait", 0...604_800, unit: "seconds", \.rebuildWait, "When a build begins although ratings still come."),
    number(
      "retrain-hours", 0...8760, unit: "hours", \.retrainHours,
      "With rebuild: quick, the hours after which models are trained again; 0 for never. Other builds always train."),
    number(
      "retrain-share", 0...100, unit: "hundredths", \.retrainShare,
      "With rebuild: quick, the share of new ratings after which models are trained again; 0 for never."),
    choice("log-format", \.logFormat, "How the log on standard error is written."),
    choice("log-level", \.logLevel, "How much the log says."),
  ]
}
