import Content
import HTTPTypes
import Hummingbird
import Publishing
import ServiceLifecycle
import Settings
import Site

/// Serves files of a site that is being edited, and notifies browsers of changes.
struct WatchedSite: Sendable {
  private let live: any EditedSite
  private let events = EventHub()
  private let work = BlockingWork(threads: 1)
  /// The host that the server listens on.
  private let host: String
  /// The prefix of paths outside the site.
  private static let place = "_watch"

  init(_ live: any EditedSite, host: String) {
    self.live = live
    self.host = host.lowercased()
    live.whenChanged { [events] in events.send(SiteEvent(name: "site", data: "{}", account: nil)) }
  }

  /// Watches until the task is cancelled. A running build is then abandoned: the end of the process may stop it at any
  /// time.
  func run() async {
    Task { [live, work] in try? await work.run { live.run() } }
    while !Task.isCancelled {
      do { try await Task.sleep(for: .seconds(15)) } catch { break }
      events.sendHeartbeat()
    }
  }

  func stop() {
    events.close()
    live.stop()
  }

  func response(to request: Request, asker: Asker) -> Response {
    let path = SitePath(target: request.head.path ?? "/")
    // Another site can make a browser send requests here: by DNS rebinding, or openly. Errors
    // show lines of the owner's files.
    guard isOwn(host: request.head.authority ?? "") else { return Response(status: .misdirectedRequest) }
    if path?.parts.first == Self.place, isForeign(request) { return Response(status: .forbidden) }
    guard request.method == .get || request.method == .head else {
      return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
    }
    var response = answer(to: request, at: path, asker: asker)
    if request.method == .head {
      let length = response.body.contentLength
      response.body = .init()
      if let length { response.headers[.contentLength] = "\(length)" }
    }
    return response
  }

  /// Whether a host is this machine by a name that DNS cannot redirect, or the one that the owner set.
  private func isOwn(host authority: String) -> Bool {
    let name = String(WebOrigin.host(of: WebOrigin.authority(authority, isSecure: false)))
    return name == "localhost" || name.hasSuffix(".localhost") || name == host || NetworkAddress(name) != nil
  }

  private func isForeign(_ request: Request) -> Bool {
    if let site = request.headers[.secFetchSite] { return site != "same-origin" && site != "none" }
    guard let origin = request.headers[.origin] else { return false }
    let own = WebOrigin.authority(request.head.authority ?? "", isSecure: false)
    return WebOrigin(origin)?.authority != own
  }

  private func answer(to request: Request, at path: SitePath?, asker: Asker) -> Response {
    guard let path else { return notFound }
    switch path.parts {
    case [Self.place, "script.js"]: return .text(WatchScript.text, type: ContentType.of("script.js"))
    case [Self.place, "events"]: return stream(asker: asker, isHead: request.method == .head)
    case [Self.place, "state"]: return state(ofQuery: path.query ?? "")
    default: break
    }
    guard live.isReady else { return waiting }
    if let file = file(path) { return answer(file.bytes, tag: file.tag, name: file.name) }
    guard !path.isFolder, live.file(path.parts.joined(separator: "/") + "/index.html") != nil else { return notFound }
    return Response(status: .movedPermanently, headers: [.location: path.asFolderTarget, .cacheControl: "no-store"])
  }

  private func file(_ path: SitePath) -> (bytes: [UInt8], tag: String, name: String)? {
    let name = (path.parts + (path.isFolder ? ["index.html"] : [])).joined(separator: "/")
    return live.file(name).map { ($0.bytes, $0.tag, name) }
  }

  private var notFound: Response {
    guard let page = live.file("404.html") else { return waiting }
    return answer(page.bytes, tag: page.tag, name: "404.html", status: .notFound)
  }

  private func answer(
    _ bytes: [UInt8], tag: String, name: String, status: HTTPResponse.Status = .ok
  ) -> Response {
    let isPage = name.hasSuffix(".html")
    return .bytes(isPage ? WatchScript.adding(to: bytes, tag: tag) : bytes, type: ContentType.of(name), status: status)
  }

  /// The page before there is a site.
  private var waiting: Response {
    let page = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Marquee</title></head>
      <body><p>\(live.fault == nil ? "The site is being built." : "The site could not be built.")</p></body></html>

      """
    return .bytes(
      WatchScript.adding(to: Array(page.utf8), tag: "none"), type: ContentType.of("index.html"),
      status: .serviceUnavailable)
  }

  private func stream(asker: Asker, isHead: Bool) -> Response {
    let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
    if isHead { return Response(status: .ok, headers: headers) }
    guard let stream = events.listen(account: nil, asker: asker) else {
      return Response(status: .serviceUnavailable, headers: [.retryAfter: "5"])
    }
    return Response(
      status: .ok, headers: headers,
      body: .init { writer in
        for await text in stream.cancelOnGracefulShutdown() { try await writer.write(ByteBuffer(string: text)) }
        try await writer.finish(nil)
      })
  }

  private struct StateBody: Encodable {
    let tag: String
    let building: Bool
    let fault: SiteFault?
  }

  /// The state of the requesting page: `path=/movies/1-heat/`, as in the page's address.
  private func state(ofQuery query: String) -> Response {
    let target = query.hasPrefix("path=") ? String(query.dropFirst(5)) : "/"
    let page = SitePath(target: target).flatMap { file($0)?.tag } ?? live.file("404.html")?.tag
    return .json(StateBody(tag: page ?? "none", building: live.isBuilding, fault: live.fault))
  }
}
